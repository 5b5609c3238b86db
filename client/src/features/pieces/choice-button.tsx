import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What is chosen, big; a touch chooses another. */
export function ChoiceButton({
  icon,
  label,
  value,
  hint,
  onClick,
}: {
  readonly icon: ReactNode;
  readonly label: string;
  readonly value: string | null;
  readonly hint: string;
  readonly onClick: () => void;
}) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-14 items-center gap-3 rounded-panel border border-border bg-card px-3 py-1.5 text-start hover:bg-hover"
    >
      <span className="text-muted-foreground" aria-hidden="true">
        {icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block text-[13px] text-muted-foreground">{label}</span>
        <span
          className={`block truncate text-[17px] leading-tight font-semibold ${value === null ? 'text-faint-foreground' : ''}`}
        >
          {value ?? t('pieces.choose')}
        </span>
      </span>
      {hint !== '' && (
        <span className="max-w-28 text-end text-[13px] leading-tight text-muted-foreground">{hint}</span>
      )}
    </button>
  );
}

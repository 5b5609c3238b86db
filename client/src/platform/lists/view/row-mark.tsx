import { Check } from 'lucide-react';
import { classNames } from '#ui/class-names.ts';

/**
 * Chosen or not. No tab stop: the list is one, and X presses that of the row which has the focus. The grid hears the
 * press (`on-row-press.ts`).
 */
export function RowMark({
  label,
  isChecked,
  isActive,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly isActive: boolean;
}) {
  return (
    <span role="gridcell" className="flex-none">
      <button
        type="button"
        role="checkbox"
        aria-checked={isChecked}
        aria-label={label}
        aria-keyshortcuts={isActive ? 'x' : undefined}
        tabIndex={-1}
        data-row-mark
        className="grid size-12 flex-none place-items-center tablet:size-7"
      >
        <span
          className={classNames(
            'grid size-6 place-items-center rounded-chip border tablet:size-4',
            isChecked ? 'border-primary bg-primary text-primary-foreground' : 'border-input',
          )}
        >
          {isChecked && <Check className="size-4 tablet:size-3" strokeWidth={3} aria-hidden="true" />}
        </span>
      </button>
    </span>
  );
}

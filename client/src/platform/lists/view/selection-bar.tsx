import { Download, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';

/** How many are chosen, and what can be done with them. */
export function SelectionBar({
  count,
  rowCount,
  onAll,
  onClear,
  onExport,
  children,
}: {
  readonly count: number;
  readonly rowCount: number;
  readonly onAll: () => void;
  readonly onClear: () => void;
  readonly onExport: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-t border-border bg-popover px-4 py-2">
      <IconButton label={t('lists.unselect')} onClick={onClear}>
        <X className="icon" aria-hidden="true" />
      </IconButton>
      <output className="font-semibold">{t('lists.selected', { count, shown: format.count(count) })}</output>
      {count < rowCount && (
        <Button kind="quiet" onClick={onAll}>
          {t('lists.selectAll', { shown: format.count(rowCount) })}
        </Button>
      )}
      <span className="hidden flex-1 tablet:block" />
      <div className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 [scrollbar-width:none] tablet:mx-0 tablet:flex-wrap tablet:px-0">
        {children}
        <Button
          kind="outline"
          className="flex-none"
          icon={<Download className="icon" aria-hidden="true" />}
          onClick={onExport}
        >
          {t('lists.export')}
        </Button>
      </div>
    </div>
  );
}

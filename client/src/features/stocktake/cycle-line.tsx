import { Package } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Sheet } from '#ui/sheet.tsx';
import { NAMES, type NameRow } from './stocktake-queries.ts';

/** Which products are counted wherever they lie: whoever counts looks for these and passes by the rest. */
export function CycleLine({ productIds }: { readonly productIds: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { rows } = useLiveQuery<NameRow>(NAMES, [JSON.stringify([...productIds])]);
  const names = rows.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
  const [first = ''] = names;
  const others = names.length - 1;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-12 w-full items-center gap-2 px-4 pb-2 text-start text-[14px] text-muted-foreground"
      >
        <Package className="icon flex-none" aria-hidden="true" />
        <span className="min-w-0 flex-1">
          {others > 0
            ? t('stocktake.onlyThese', { first, count: others, shown: format.count(others) })
            : t('stocktake.onlyThis', { first })}
        </span>
      </button>
      <Sheet
        title={t('stocktake.isCounted')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        closeLabel={t('common.close')}
      >
        <ul>
          {names.map((name) => (
            <li key={name} className="border-b border-rule py-3 last:border-b-0">
              {name}
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

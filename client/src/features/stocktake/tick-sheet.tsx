import type { AssetId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import type { ScanInput } from '#platform/scanner/scan-report.ts';
import { TypeCodeForm } from '#platform/scanner/view/type-code-form.tsx';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { CountPlace } from './count-thing.ts';
import { NOT_SEEN_AT_PLACE, type TickRow } from './stocktake-queries.ts';

/** The way on where a label cannot be read: type its code or, where the books may be seen, tick its row. */
export function TickSheet({
  isOpen,
  stocktakeId,
  place,
  productIds,
  isBlind,
  onTick,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly stocktakeId: StocktakeId;
  readonly place: CountPlace | null;
  /** What counts at this place; empty for everything. */
  readonly productIds: readonly string[];
  readonly isBlind: boolean;
  readonly onTick: (input: ScanInput) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const rows = useLiveQuery<TickRow>(NOT_SEEN_AT_PLACE, [
    stocktakeId,
    place?.id ?? '',
    JSON.stringify(productIds),
  ]).rows;
  return (
    <Sheet
      title={t('stocktake.tickTitle', { place: place?.code ?? '' })}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <TypeCodeForm label={t('stocktake.tickBlind')} onCode={(code) => onTick({ code, assetId: null })} />
      {!isBlind && (
        <>
          <p className="mt-4 mb-1 text-[14px] text-muted-foreground">{t('stocktake.tickText')}</p>
          <ul>
            {rows.map((row) => (
              <li
                key={row.id}
                className="flex min-h-14 items-center gap-3 border-b border-rule last:border-b-0"
              >
                <span className="min-w-0 flex-1">
                  <Code>{row.code}</Code>
                  <span className="block truncate text-[14px] text-muted-foreground">{row.productName}</span>
                </span>
                <Button
                  icon={<Check className="icon-lg" />}
                  onClick={() => onTick({ code: row.code, assetId: row.id as AssetId })}
                >
                  {t('stocktake.seen')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}

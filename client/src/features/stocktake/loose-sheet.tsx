import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { NumberPad } from '#ui/number-pad.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { CountPlace } from './count-thing.ts';
import { LOOSE_AT_PLACE, type LooseHere } from './stocktake-queries.ts';

/** Loose pieces at the place that is counted: a row for each product, and the pad for the chosen one. */
export function LooseSheet({
  isOpen,
  stocktakeId,
  place,
  productIds,
  isBlind,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly stocktakeId: StocktakeId;
  readonly place: CountPlace | null;
  /** What counts at this place; empty for everything. */
  readonly productIds: readonly string[];
  readonly isBlind: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordOperation } = usePlatform();
  const rows = useLiveQuery<LooseHere>(LOOSE_AT_PLACE, [
    stocktakeId,
    place?.id ?? '',
    JSON.stringify(productIds),
  ]).rows;
  const [productId, setProductId] = useState<LooseHere['id'] | null>(null);
  const [digits, setDigits] = useState('');
  const [hasFailed, setFailed] = useState(false);
  const record = async (text: string) => {
    if (place === null || productId === null || text === '') return;
    const recorded = await recordOperation({
      kind: 'count_quantity',
      stocktakeId,
      productId,
      place: { kind: 'location', id: place.id },
      quantity: Number(text),
    });
    setFailed(!recorded.ok);
    if (!recorded.ok) return;
    feedbackOfThisDevice().play('ok');
    setDigits('');
    const next = rows[rows.findIndex(({ id }) => id === productId) + 1];
    setProductId(next?.booked != null ? next.id : null);
  };
  const stateOf = (row: LooseHere) => {
    if (row.state === 'differs') return t('stocktake.differs');
    if (row.counted !== null) return t('stocktake.counted', { shown: format.count(row.counted) });
    if (!isBlind && row.booked !== null) return t('stocktake.book', { shown: format.count(row.booked) });
    return t('stocktake.notCounted');
  };
  return (
    <Sheet
      title={t('stocktake.padTitle', { place: place?.code ?? '' })}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      {place === null ? (
        <p className="text-muted-foreground">{t('stocktake.padNone')}</p>
      ) : (
        <>
          <ul className="max-h-[28dvh] overflow-y-auto">
            {rows.map((row) => (
              <li key={row.id} className="border-b border-rule last:border-b-0">
                <button
                  type="button"
                  aria-pressed={row.id === productId}
                  onClick={() => {
                    setProductId(row.id);
                    setDigits('');
                  }}
                  className={`flex min-h-12 w-full items-center gap-3 px-2 text-start hover:bg-hover ${row.id === productId ? 'bg-selected' : ''}`}
                >
                  <span className="min-w-0 flex-1 truncate">{row.name}</span>
                  <span className="text-[14px] text-muted-foreground">{stateOf(row)}</span>
                </button>
              </li>
            ))}
          </ul>
          {hasFailed && <Notice tone="alarm" title={t('stocktake.notRecorded')} />}
          <output className="block py-2 text-end text-[44px] leading-none font-semibold tabular-nums">
            {digits === '' ? '–' : format.count(Number(digits))}
          </output>
          <NumberPad
            digits={digits}
            labels={{
              delete: t('common.pad.delete'),
              more: t('common.pad.more'),
              less: t('common.pad.less'),
            }}
            onDigits={setDigits}
            extra={
              <Button
                className="narrow min-h-14 px-1"
                kind="outline"
                disabled={productId === null}
                onClick={() => void record('0')}
              >
                {t('stocktake.none')}
              </Button>
            }
            main={
              <Button
                kind="primary"
                size="touch"
                disabled={productId === null || digits === ''}
                onClick={() => void record(digits)}
              >
                {t('stocktake.record')}
              </Button>
            }
          />
        </>
      )}
    </Sheet>
  );
}

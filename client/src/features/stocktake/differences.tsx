import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { Variance } from './compare-line.ts';
import { PartsNotice } from './parts-notice.tsx';
import { canAccept, inOperations, isToReview, outcomesInOrder, thingsOf } from './plan-review.ts';
import { ReviewSheet } from './review-sheet.tsx';
import { COUNTERS, type CounterRow } from './stocktake-queries.ts';
import { useNames } from './use-names.ts';
import { useParts } from './use-parts.ts';
import { VarianceRow } from './variance-row.tsx';

/** More than a person reads through; the heading has the number. */
const SHOWN_LINES = 200;
const NOBODY: readonly never[] = [];

/** Every line by what came of it, those first that need most thought; a touch decides on one, or on all alike. */
export function Differences({
  stocktakeId,
  variances,
}: {
  readonly stocktakeId: StocktakeId;
  readonly variances: readonly Variance[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNames(variances, NOBODY);
  const counters = useLiveQuery<CounterRow>(COUNTERS, [stocktakeId]).rows;
  const [chosen, setChosen] = useState<readonly Variance[]>([]);
  const parts = useParts();
  const groups = outcomesInOrder
    .map((outcome) => ({ outcome, lines: variances.filter((one) => one.outcome === outcome) }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <div className="px-4 pt-2 empty:hidden">
        <PartsNotice parts={parts} doing={t('stocktake.recording')} />
      </div>
      {variances.every((one) => !isToReview(one)) && (
        <p className="px-4 pt-4">{t('stocktake.noDifference')}</p>
      )}
      {groups.map(({ outcome, lines }) => {
        const together = lines.filter((one) => canAccept(one) && isToReview(one));
        return (
          <section key={outcome}>
            <SectionHeading
              note={format.count(lines.length)}
              end={
                together.length > 1 && (
                  <button
                    type="button"
                    className="min-h-12 px-2 font-medium text-primary-text"
                    onClick={() => setChosen(together)}
                  >
                    {t('stocktake.acceptAll', {
                      count: together.length,
                      shown: format.count(together.length),
                    })}
                  </button>
                )
              }
            >
              {t(`stocktake.outcome.${outcome}`)}
            </SectionHeading>
            <ul>
              {lines.slice(0, SHOWN_LINES).map((variance) => (
                <VarianceRow
                  key={variance.id}
                  variance={variance}
                  nameOf={nameOf}
                  onOpen={() => setChosen([variance])}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <ReviewSheet
        chosen={chosen}
        nameOf={nameOf}
        counters={counters}
        onReview={(review) => {
          const things = chosen.map(({ thing }) => thing);
          parts.record(inOperations(things, { kind: 'review_variance', stocktakeId, ...review }));
        }}
        onRecount={() =>
          parts.record(inOperations(thingsOf(chosen), { kind: 'request_recount', stocktakeId }))
        }
        onClose={() => setChosen([])}
      />
    </>
  );
}

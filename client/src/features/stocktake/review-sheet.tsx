import type { ReviewDecision } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { Assigned } from '#platform/labels/view/assign-sheet.tsx';
import { GiveCode } from '#platform/labels/view/give-code.tsx';
import { Button } from '#ui/button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import type { Variance } from './compare-line.ts';
import { canAccept, suggestionOf } from './plan-review.ts';
import type { CounterRow } from './stocktake-queries.ts';
import type { NameOf } from './use-names.ts';
import { Comparison, titleOf } from './variance-row.tsx';

export type Review = {
  readonly decision: ReviewDecision;
  readonly reason: string;
  readonly quantity: number | null;
};

/** What is proposed for one difference or for several alike, why, and what is decided. */
export function ReviewSheet({
  chosen,
  nameOf,
  counters,
  onReview,
  onRecount,
  onClose,
}: {
  /** Empty keeps the sheet closed. */
  readonly chosen: readonly Variance[];
  readonly nameOf: NameOf;
  readonly counters: readonly CounterRow[];
  readonly onReview: (review: Review) => void;
  readonly onRecount: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isGiven, setGiven] = useState(false);
  const [first] = chosen;
  const close = () => {
    setReason('');
    setAsked(false);
    setGiven(false);
    onClose();
  };
  const decide = (decision: ReviewDecision, quantity: number | null = null) => {
    if (reason.trim() === '') {
      setAsked(true);
      return;
    }
    onReview({ decision, quantity, reason: reason.trim() });
    close();
  };
  const code = first?.thing.kind === 'code' ? first.thing.code : null;
  const take = (assigned: Assigned | null) => {
    setGiven(assigned !== null);
    // An asset stands in the review from now on; the label of a place is no thing that could be missing or found.
    if (assigned?.thing.kind !== 'location') return;
    const why = t('stocktake.labelOfPlace', { place: assigned.thing.code });
    onReview({ decision: 'leave', quantity: null, reason: why });
  };
  const action = first === undefined ? null : suggestionOf(first);
  const said = counters.filter(({ lineId }) => lineId === first?.id);
  const latest = [...new Map(said.map((one) => [one.who, one])).values()];
  return (
    <Sheet
      title={
        first === undefined
          ? ''
          : chosen.length > 1
            ? t(`stocktake.outcome.${first.outcome}`)
            : titleOf(first.thing, nameOf)
      }
      isOpen={first !== undefined}
      onClose={close}
      closeLabel={t('common.close')}
    >
      {first !== undefined && (
        <div className="flex flex-col gap-4">
          {chosen.length === 1 && !isGiven && (
            <p>
              <span className="font-semibold">{t(`stocktake.outcome.${first.outcome}`)}</span>{' '}
              <span className="break-words text-muted-foreground">
                <Comparison variance={first} nameOf={nameOf} />
              </span>
            </p>
          )}
          {action !== null && code === null && (
            <p className="text-primary-text">{t(`stocktake.suggestion.${action}`)}</p>
          )}
          {code !== null && <GiveCode code={code} onAssigned={take} />}
          {!isGiven && (
            <>
              <TextField
                label={t('stocktake.reason')}
                placeholder={t(
                  code === null ? 'stocktake.reasonPlaceholder' : 'stocktake.reasonOfCodePlaceholder',
                )}
                value={reason}
                maxLength={2000}
                error={isAsked && reason.trim() === '' ? t('stocktake.reasonMissing') : null}
                onChange={(event) => setReason(event.target.value)}
              />
              {first.outcome === 'differs' &&
                latest.map((one) => (
                  <Button key={one.who} size="touch" onClick={() => decide('accept', one.quantity)}>
                    {t('stocktake.believe', { shown: format.count(one.quantity), who: one.who ?? '?' })}
                  </Button>
                ))}
              <div className="grid grid-cols-2 gap-2">
                {canAccept(first) && (
                  <Button kind="primary" size="touch" onClick={() => decide('accept')}>
                    {chosen.length > 1
                      ? t('stocktake.acceptAll', { count: chosen.length, shown: format.count(chosen.length) })
                      : t('stocktake.accept')}
                  </Button>
                )}
                <Button size="touch" onClick={() => decide('leave')}>
                  {t(code === null ? 'stocktake.leave' : 'stocktake.setAside')}
                </Button>
                <Button
                  kind="outline"
                  size="touch"
                  onClick={() => {
                    onRecount();
                    close();
                  }}
                >
                  {t('stocktake.recount')}
                </Button>
              </div>
            </>
          )}
        </div>
      )}
    </Sheet>
  );
}

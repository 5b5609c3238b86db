import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EarlierValue, type TakenAgain, takeAgain } from '#platform/edits/take-again.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';

/** Says an earlier value again, as a new edit, and beside it what came of that. `said` is the value in the reader's words. */
export function TakeAgainButton({
  earlier,
  said,
}: {
  readonly earlier: EarlierValue;
  readonly said: string;
}) {
  const { t } = useTranslation();
  const { replica, recordOperation } = usePlatform();
  const [outcome, setOutcome] = useState<TakenAgain | null>(null);
  const say = (came: TakenAgain): string => {
    if (came.tag === 'not_recorded') return t('editing.notSaved');
    return came.tag === 'invalid'
      ? t('editing.again.invalid', { why: t(`editing.problem.${came.problem}`) })
      : t(`editing.again.${came.tag}`);
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Button
        kind="quiet"
        className="max-tablet:-ms-4"
        icon={<RotateCcw className="icon" aria-hidden="true" />}
        aria-label={t('editing.again.takeValue', { value: said })}
        onClick={() => {
          void takeAgain({ replica, recordOperation }, earlier).then(setOutcome);
        }}
      >
        {t('editing.again.take')}
      </Button>
      <span role="status" className="text-muted-foreground">
        {outcome !== null && say(outcome)}
      </span>
    </span>
  );
}

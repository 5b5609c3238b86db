import { Info, LoaderCircle, Check as Tick, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import type { Check, CheckState } from './judge-ready.ts';
import { useMend } from './use-mend.ts';

/** A question, its answer in plain words, and where something can be done, the one tap that does it. */
export function CheckRow({ check }: { readonly check: Check }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mend = useMend();
  const [isMending, setMending] = useState(false);
  const [hasTried, setTried] = useState(false);
  const { id, state, answer, count = 0, total = 0, at = null } = check;
  const time = at === null ? t('ready.never') : format.timeOrDay(at, nowForDisplay());

  const run = async () => {
    if (check.mend === null) return;
    setMending(true);
    await mend(check.mend).finally(() => {
      setMending(false);
      setTried(true);
    });
  };

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-rule px-4 py-3 tablet:flex-nowrap">
      <span className="grid w-6 flex-none place-items-center self-start pt-0.5">{markOf(state)}</span>
      <div className="min-w-0 flex-1 basis-3/4 tablet:basis-0">
        <h2 className="text-[16px] font-medium tablet:text-[14px]">
          {t(`ready.check.${id}`)}
          <span className="sr-only">: {t(`ready.state.${state}`)}</span>
        </h2>
        <p className="text-[15px] text-muted-foreground tablet:text-[13px]" aria-live="polite">
          {t(`ready.answer.${answer}`, { shown: format.count(count), total: format.count(total), time })}
        </p>
        {hasTried && state === 'mend' && (
          <p className="mt-1 text-[14px] text-wrong-text tablet:text-[12px]">{t(`ready.still.${id}`)}</p>
        )}
      </div>
      {check.mend !== null && (
        <Button
          kind={state === 'mend' ? 'primary' : 'outline'}
          className="ms-9 w-full tablet:ms-0 tablet:w-auto"
          disabled={isMending}
          onClick={() => void run()}
        >
          {t(`ready.mend.${check.mend}`)}
        </Button>
      )}
    </li>
  );
}

function markOf(state: CheckState) {
  switch (state) {
    case 'good':
      return <Tick className="icon-lg text-ok-text" aria-hidden="true" />;
    case 'note':
      return <Info className="icon-lg text-muted-foreground" aria-hidden="true" />;
    case 'wait':
      return <LoaderCircle className="icon-lg text-muted-foreground" aria-hidden="true" />;
    case 'mend':
      return <TriangleAlert className="icon-lg text-wrong-text" aria-hidden="true" />;
  }
}

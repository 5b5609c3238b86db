import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { KeptOperation } from './read-health.ts';
import { sayAct, sayProblem } from './say-kept.ts';

/** Who did what, when and on which device; below it what is wrong, in words and in the machine's own. */
export function KeptRow({ operation, now }: { readonly operation: KeptOperation; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordedAt, receivedAt, retriedAt, detail } = operation;
  return (
    <li className="border-b border-rule">
      <details>
        <summary className="grid min-h-16 cursor-default list-none grid-cols-[1.5rem_1fr_auto] items-start gap-x-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:py-2">
          <PackageOpen className="icon mt-1 text-wrong-text" aria-hidden="true" />
          <span className="min-w-0">
            <span className="block text-[16px] tablet:text-[13px]">
              {t(`health.act.${sayAct(operation.kind)}`)} · {operation.person}
            </span>
            <span className="block text-[14px] text-muted-foreground tablet:text-[13px]">
              {t(`health.problem.${sayProblem(operation.problem)}`)}
            </span>
          </span>
          <span className="text-end text-[14px] text-muted-foreground tablet:text-[12px]">
            {format.timeOrDay(recordedAt ?? receivedAt, now)}
            <span className="block">{operation.deviceName}</span>
          </span>
        </summary>
        <div className="space-y-1 pe-4 pb-3 ps-13 text-[14px] text-muted-foreground tablet:text-[12px]">
          <p>{t('health.kept.received', { time: format.timeOrDay(receivedAt, now) })}</p>
          <p>
            {retriedAt === null
              ? t('health.kept.notRetried')
              : t('health.kept.retriedAt', { time: format.timeOrDay(retriedAt, now) })}
          </p>
          {detail !== '' && <p className="font-mono [overflow-wrap:anywhere]">{detail}</p>}
          <p className="font-mono [overflow-wrap:anywhere]">{operation.id}</p>
        </div>
      </details>
    </li>
  );
}

import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Check, Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { DeviceDetail } from './device-detail.tsx';
import { DeviceSharing } from './device-sharing.tsx';
import { DeviceStanding } from './device-standing.tsx';
import { DeviceWipe } from './device-wipe.tsx';
import { type Finding, isUrgent, type ShownDevice } from './read-health.ts';

/** A device, what is the matter with it and what to do about that; opens to all that it told. */
export function DeviceRow({
  device,
  now,
  isWithout,
}: {
  readonly device: ShownDevice;
  readonly now: Instant;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { findings, lastContactAt, queueLength, revokedAt, wipe } = device;
  const standingKey =
    wipe === null ? 'health.revoked' : wipe.doneAt === null ? 'health.wipe.isOrdered' : 'health.wipe.isDone';
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="border-b border-rule">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="grid min-h-16 cursor-default list-none grid-cols-[1.5rem_1fr_auto] items-start gap-x-3 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:py-2.5">
          <span className="pt-0.5">
            <StateMark findings={findings} />
          </span>
          <span className="min-w-0">
            <span className="block truncate text-[16px] font-medium tablet:text-[14px]">
              {device.name}
              {revokedAt !== null && (
                <span className="font-normal text-muted-foreground"> · {t(standingKey)}</span>
              )}
            </span>
            {findings.length === 0 ? (
              <span className="block text-[14px] text-muted-foreground tablet:text-[13px]">
                {queueLength > 0
                  ? t('health.onTheWay', { count: queueLength, shown: format.count(queueLength) })
                  : t('health.fine')}
              </span>
            ) : (
              findings.map((finding) => (
                <FindingText key={`${finding.kind} ${finding.since}`} finding={finding} now={now} />
              ))
            )}
          </span>
          <span className="text-end text-[14px] text-muted-foreground tablet:text-[12px]">
            {lastContactAt === null ? t('health.neverHeard') : format.distance(lastContactAt, now)}
          </span>
        </summary>
        <DeviceDetail device={device} now={now} />
        {!isWithout && <DeviceSharing device={device} isOpen={isOpen} />}
        {(wipe === null || wipe.begunAt === null) && <DeviceStanding device={device} isWithout={isWithout} />}
        <DeviceWipe device={device} now={now} isWithout={isWithout} />
      </details>
    </li>
  );
}

function StateMark({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.some(isUrgent)) {
    return <TriangleAlert className="icon-lg text-wrong-text" aria-hidden="true" />;
  }
  return findings.length > 0 ? (
    <Info className="icon-lg text-muted-foreground" aria-hidden="true" />
  ) : (
    <Check className="icon-lg text-ok-text" aria-hidden="true" />
  );
}

/** What is the matter, then what to do next. */
function FindingText({ finding, now }: { readonly finding: Finding; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, count, since } = finding;
  const time = since === null ? '' : format.timeOrDay(since, now);
  return (
    <span className="mt-0.5 block text-[15px] tablet:text-[13px]">
      <span className={isUrgent(finding) ? 'text-wrong-text' : 'text-foreground'}>
        {t(`health.finding.${kind}`, { count, shown: format.count(count), time })}
      </span>{' '}
      <span className="text-muted-foreground">{t(`health.todo.${kind}`)}</span>
    </span>
  );
}

import { Download, PackageCheck, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { KeptRow } from './kept-row.tsx';
import type { KeptOperation, SyncHealth } from './read-health.ts';
import { useExportKept, useRetryKept } from './use-sync-health.ts';

/** What the server has and does not understand: nothing of it is lost, and it can be tried again or saved. */
export function KeptList({
  health,
  isWithout,
}: {
  readonly health: SyncHealth;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useRetryKept();
  const save = useExportKept();
  const { kept, keptCount } = health;
  const devices = devicesOf(kept);
  const devicesToLookAt = devicesOf(kept.filter(({ problem }) => problem === 'device_shut_out'));
  const now = nowForDisplay();

  return (
    <section>
      <SectionHeading end={format.count(keptCount)}>{t('health.kept.title')}</SectionHeading>
      <div className="px-4 py-3">
        <p className="text-muted-foreground">
          {keptCount === 0 ? t('health.kept.none') : t('health.kept.explain')}
        </p>
        {keptCount > 0 && (
          <div className="mt-3 flex flex-wrap gap-2">
            <Button
              kind="primary"
              icon={<RotateCcw className="icon" aria-hidden="true" />}
              disabled={isWithout || retry.isPending}
              onClick={() => retry.mutate('')}
            >
              {t('health.kept.retry')}
            </Button>
            {devicesToLookAt.map(([deviceId, name]) => (
              <Button
                key={`take in ${deviceId}`}
                kind="outline"
                icon={<PackageCheck className="icon" aria-hidden="true" />}
                disabled={isWithout || retry.isPending}
                onClick={() => retry.mutate(deviceId)}
              >
                {t('health.kept.takeIn', { name })}
              </Button>
            ))}
            {devices.map(([deviceId, name]) => (
              <Button
                key={deviceId}
                kind="outline"
                icon={<Download className="icon" aria-hidden="true" />}
                disabled={isWithout || save.isPending}
                onClick={() => save.mutate({ deviceId, name })}
              >
                {t('health.kept.save', { name })}
              </Button>
            ))}
          </div>
        )}
        <p className="mt-2 text-[14px] tablet:text-[13px]" aria-live="polite">
          {retry.isPending && t('health.kept.retrying')}
          {retry.isSuccess &&
            t('health.kept.retried', {
              taken: format.count(retry.data.takenCount),
              kept: format.count(retry.data.keptCount),
            })}
          {(retry.isError || save.isError) && (
            <span className="text-wrong-text">{t('health.kept.failed')}</span>
          )}
        </p>
      </div>
      {kept.length > 0 && (
        <ul className="border-t border-rule">
          {kept.map((operation) => (
            <KeptRow key={`${operation.deviceId} ${operation.id}`} operation={operation} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function devicesOf(kept: readonly KeptOperation[]): readonly (readonly [string, string])[] {
  return [...new Map(kept.map(({ deviceId, deviceName }) => [deviceId, deviceName]))];
}

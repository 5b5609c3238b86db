import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackLink } from '#ui/back-link.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { DeviceRow } from './device-row.tsx';
import { ImportFile } from './import-file.tsx';
import { KeptList } from './kept-list.tsx';
import { isUrgent, type SyncHealth } from './read-health.ts';
import { useSyncHealth } from './use-sync-health.ts';

/** Every device of the company with what it told last, what the server could not read, and the way in for files. */
export function SyncHealthScreen() {
  const { permissions } = useSession();
  return permissions.includes('devices:manage') ? (
    <ServerReads>
      <HealthForAdmins />
    </ServerReads>
  ) : (
    <NotForYou />
  );
}

function HealthForAdmins() {
  const { t } = useTranslation();
  const format = useFormat();
  const { mode } = useSyncState();
  const isWithout = mode === 'offline' || mode === 'held' || mode === 'unreachable';
  const { data, error, refetch, dataUpdatedAt } = useSyncHealth(!isWithout);
  const now = nowForDisplay();
  const troubledCount = data?.devices.filter(({ findings }) => findings.some(isUrgent)).length ?? 0;

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('health.title')}
          facts={
            data === undefined
              ? t('health.explain')
              : t('health.summary', {
                  devices: t('health.deviceCount', {
                    count: data.devices.length,
                    shown: format.count(data.devices.length),
                  }),
                  troubled: t('health.troubledCount', {
                    count: troubledCount,
                    shown: format.count(troubledCount),
                  }),
                  time: format.timeOrDay(instantOfMs(dataUpdatedAt), now),
                })
          }
          actions={
            data !== undefined && (
              <Button
                kind="outline"
                icon={<RefreshCw className="icon" aria-hidden="true" />}
                onClick={() => void refetch()}
              >
                {t('health.refresh')}
              </Button>
            )
          }
        />
      }
    >
      <div className="max-w-4xl">
        <div className="grid gap-3 px-4" aria-live="polite">
          {isWithout && (
            <Notice tone="offline" title={t('health.offlineTitle')}>
              {data === undefined ? t('health.offlineText') : t('health.offlineOld')}
            </Notice>
          )}
          {!isWithout && data === undefined && error === null && (
            <p className="text-muted-foreground">{t('health.fetching')}</p>
          )}
          {!isWithout && error !== null && (
            <Notice
              title={t('health.failedTitle')}
              actions={<Button onClick={() => void refetch()}>{t('health.refresh')}</Button>}
            >
              {t('health.failedText')}
            </Notice>
          )}
        </div>
        {data !== undefined && <Found health={data} isWithout={isWithout} />}
      </div>
    </Screen>
  );
}

function Found({ health, isWithout }: { readonly health: SyncHealth; readonly isWithout: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  return (
    <>
      <SectionHeading note={t('health.worstFirst')} end={format.count(health.devices.length)}>
        {t('health.devices')}
      </SectionHeading>
      {health.devices.length === 0 && (
        <p className="px-4 py-4 text-muted-foreground">{t('health.noDevices')}</p>
      )}
      <ul>
        {health.devices.map((device) => (
          <DeviceRow key={device.id} device={device} now={now} isWithout={isWithout} />
        ))}
      </ul>
      <p className="px-4 py-2 text-[14px] text-muted-foreground tablet:text-[12px]">
        {t('health.silentRule', { count: health.silentAfterDays })}
      </p>
      <KeptList health={health} isWithout={isWithout} />
      <ImportFile isWithout={isWithout} />
    </>
  );
}

function NotForYou() {
  const { t } = useTranslation();
  return (
    <Screen header={<ScreenHeader back={<BackToMore />} title={t('health.title')} />}>
      <div className="px-4">
        <Notice title={t('health.notAllowedTitle')}>{t('health.notAllowedText')}</Notice>
      </div>
    </Screen>
  );
}

function BackToMore() {
  const { t } = useTranslation();
  return <BackLink to="/more" label={t('common.back')} />;
}

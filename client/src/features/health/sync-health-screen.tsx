import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
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
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('shell.nav.health')}
      permission="devices:manage"
      refusal={t('health.notAllowedText')}
    >
      <Health />
    </ServerScreen>
  );
}

function Health() {
  const { t } = useTranslation();
  const format = useFormat();
  const isWithout = useIsWithout();
  const { data, error, refetch, dataUpdatedAt } = useSyncHealth(!isWithout);
  const now = nowForDisplay();
  const troubledCount = data?.devices.filter(({ findings }) => findings.some(isUrgent)).length ?? 0;

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('shell.nav.health')}
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
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('health.offlineText')}
          onAgain={() => void refetch()}
        />
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

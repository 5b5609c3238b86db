import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Facts } from '#ui/facts.tsx';
import type { ShownDevice, ShownStorage } from './read-health.ts';

/** All that a device told of itself, always in the same order. */
export function DeviceDetail({ device, now }: { readonly device: ShownDevice; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastContactAt, queueLength, oldestWaitingAt, clockOffsetMs, isStorageKept } = device;
  const when = (at: Instant | null) => (at === null ? t('health.unknown') : format.timeOrDay(at, now));
  return (
    <div className="pe-4 pb-4 ps-13">
      <Facts
        facts={[
          { label: t('health.fact.lastContact'), value: when(lastContactAt) },
          {
            label: t('health.fact.queue'),
            value:
              queueLength === 0
                ? t('health.nothingWaits')
                : t('health.waits', { shown: format.count(queueLength), time: when(oldestWaitingAt) }),
          },
          {
            label: t('health.fact.clock'),
            value: clockOffsetMs === null ? t('health.unknown') : <ClockOffset ms={clockOffsetMs} />,
          },
          {
            label: t('health.fact.storage'),
            value:
              isStorageKept === null
                ? t('health.unknown')
                : t(isStorageKept ? 'health.storageKept' : 'health.storageNotKept'),
          },
          {
            label: t('health.fact.version'),
            value: <span className="font-mono">{device.appVersion || t('health.unknown')}</span>,
          },
          { label: t('health.fact.registeredBy'), value: device.registeredByName },
          {
            label: t('health.fact.storages'),
            value:
              device.storages.length === 0 ? (
                t('health.noStorage')
              ) : (
                <ul className="grid gap-1.5">
                  {device.storages.map((storage) => (
                    <StorageLine key={storage.epoch} storage={storage} now={now} />
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </div>
  );
}

function StorageLine({ storage, now }: { readonly storage: ShownStorage; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { startedAt, lostAt, cameCount, missingCount, gaps } = storage;
  const came = format.count(cameCount);
  const missing = format.count(missingCount);
  return (
    <li>
      {lostAt === null
        ? t('health.storage.present', {
            since: startedAt === null ? t('health.unknown') : format.timeOrDay(startedAt, now),
            came,
          })
        : t('health.storage.lost', { at: format.timeOrDay(lostAt, now), came, missing })}
      {gaps !== '' && (
        <span className="block font-normal text-wrong-text">{t('health.storage.gaps', { gaps })}</span>
      )}
    </li>
  );
}

/** Where the device's clock stands against the server's; times of scans are corrected by it. */
function ClockOffset({ ms }: { readonly ms: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 2) return t('health.clockRight');
  const shown =
    seconds < 120
      ? t('health.seconds', { count: seconds, shown: format.count(seconds) })
      : t('health.minutes', {
          count: Math.round(seconds / 60),
          shown: format.count(Math.round(seconds / 60)),
        });
  return t(ms > 0 ? 'health.clockBehind' : 'health.clockAhead', { shown });
}

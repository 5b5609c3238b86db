import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, PackageCheck, Truck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useMayScan } from '#platform/live/use-may-scan.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { buttonClass } from '#ui/button-class.ts';
import { Chip } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { FLEET_TABLES, readFleet } from './read-fleet.ts';
import { weightText } from './say-truck.ts';
import type { FleetVehicle } from './truck-view.ts';

/** Every vehicle: where it is, what it carries, and the way to load or unload it. */
export function FleetScreen({
  eventId,
  onBack,
}: {
  /** Loads for this event; null shows what can be unloaded. */
  readonly eventId: EventId | null;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const fleet = useLiveRead('fleet', FLEET_TABLES, readFleet);
  return (
    <Screen
      header={
        <ScreenHeader
          title={t(eventId === null ? 'trucks.title' : 'trucks.chooseTitle')}
          facts={t('trucks.facts')}
          back={
            <IconButton label={t('common.back')} onClick={onBack}>
              <ChevronLeft className="icon-lg" />
            </IconButton>
          }
        />
      }
    >
      {fleet.hasFailed && (
        <div className="p-4">
          <Notice tone="alarm" title={t('common.readFailed')}>
            {t('common.readFailedSafe')}
          </Notice>
        </div>
      )}
      {fleet.value?.length === 0 && (
        <EmptyState icon={<Truck />} title={t('trucks.emptyTitle')}>
          {t('trucks.emptyText')}
        </EmptyState>
      )}
      <ul className="max-w-3xl border-t border-border">
        {fleet.value?.map((vehicle) => (
          <VehicleRow key={vehicle.id} vehicle={vehicle} eventId={eventId} />
        ))}
      </ul>
    </Screen>
  );
}

function VehicleRow({
  vehicle,
  eventId,
}: {
  readonly vehicle: FleetVehicle;
  readonly eventId: EventId | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayScan = useMayScan();
  const now = nowForDisplay();
  const carries =
    vehicle.unitCount === 0
      ? t('trucks.empty')
      : [
          t('trucks.onBoard', { count: vehicle.unitCount, shown: format.count(vehicle.unitCount) }),
          weightText({ t, format }, vehicle.weightGrams),
          vehicle.eventNames.length > 0 && t('trucks.forEvents', { events: vehicle.eventNames.join(', ') }),
        ]
          .filter((part) => typeof part === 'string')
          .join(' · ');
  return (
    <li className="flex min-h-18 items-center gap-3 border-b border-rule px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="text-[17px] font-semibold">{vehicle.name}</span>
          <Code className="text-muted-foreground">{vehicle.plate}</Code>
          {vehicle.onRoadSince !== null && (
            <Chip tone="warn">
              {t('trucks.onRoadSince', { time: format.shortMoment(vehicle.onRoadSince, now) })}
            </Chip>
          )}
          {vehicle.onRoadSince === null && vehicle.placeName !== null && (
            <Chip tone="quiet">{t('trucks.stands', { place: vehicle.placeName })}</Chip>
          )}
        </p>
        <p className="text-[14px] text-muted-foreground">{carries}</p>
      </div>
      {mayScan && eventId === null && vehicle.unitCount > 0 && (
        <Link
          to="/trucks/$vehicleId/unload"
          params={{ vehicleId: vehicle.id }}
          aria-label={t('trucks.unload', { vehicle: vehicle.name })}
          className={buttonClass('secondary', 'touch')}
        >
          <PackageCheck className="icon" aria-hidden="true" />
          {t('trucks.unloadAct')}
        </Link>
      )}
      {mayScan && eventId !== null && (
        <Link
          to="/events/$eventId/trucks/$vehicleId"
          params={{ eventId, vehicleId: vehicle.id }}
          aria-label={t('trucks.load', { vehicle: vehicle.name })}
          className={buttonClass('primary', 'touch')}
        >
          <Truck className="icon" aria-hidden="true" />
          {t('trucks.loadAct')}
        </Link>
      )}
    </li>
  );
}

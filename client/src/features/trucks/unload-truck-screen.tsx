import type { VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { Check, Keyboard, PackageMinus, Truck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { PlaceButton } from '#platform/scanner/view/place-button.tsx';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { TypeCodeSheet } from '#platform/scanner/view/type-code-sheet.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { PickRow } from '#ui/pick-row.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { AboardList } from './aboard-list.tsx';
import { noteOf } from './say-truck.ts';
import { useUnloading } from './use-unloading.ts';

/** What comes off a vehicle: at the venue, or home again; the last loaded stands first. */
export function UnloadTruckScreen({
  vehicleId,
  onBack,
}: {
  readonly vehicleId: VehicleId;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const { read, place, pick, session, state, arrive } = useUnloading(vehicleId);
  const [isPicking, setPicking] = useState(false);
  const [isTyping, setTyping] = useState(false);
  if (read.hasFailed) {
    return (
      <div className="p-4">
        <Notice tone="alarm" title={t('common.readFailed')}>
          {t('common.readFailedSafe')}
        </Notice>
      </div>
    );
  }
  if (read.value === null) return null;
  if (read.value.now === null) {
    return (
      <EmptyState icon={<Truck />} title={t('trucks.goneTitle')}>
        {t('trucks.goneText')}
      </EmptyState>
    );
  }
  const { vehicle, aboard, places } = read.value.now;
  const offCount = state.log.filter((entry) => entry.outcome === 'ok' && !entry.isUndone).length;
  const eventIds = [...new Set(aboard.flatMap(({ eventId }) => eventId ?? []))];
  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={(entry) => noteOf(speaker, entry.detail)}
      title={t('trucks.unload', { vehicle: vehicle.name })}
      facts={t('trucks.off', { count: offCount, shown: format.count(offCount) })}
      onBack={onBack}
      head={
        <div className="mx-2 mt-1 mb-2 flex-none space-y-2">
          <PlaceButton
            label={t('trucks.unloadTo')}
            hint={t('trucks.unloadToHint')}
            onClick={() => setPicking(true)}
          >
            <span className="block truncate text-[19px] leading-tight font-semibold">
              {place?.name ?? t('trucks.pickPlace')}
            </span>
          </PlaceButton>
          {place !== null && vehicle.onRoadSince !== null && (
            <Button
              kind="outline"
              size="touch"
              className="w-full"
              onClick={() => void arrive(place, eventIds)}
            >
              {t('trucks.arrived', { place: place.name })}
            </Button>
          )}
        </div>
      }
      first={{ title: t('trucks.unloadFirst'), note: t('trucks.unloadFirstNote') }}
      below={
        <AboardList
          things={aboard}
          title={t('trucks.stillAboard')}
          emptyText={t('trucks.emptyTruck')}
          actionOf={(thing) => (
            <Button
              kind="quiet"
              size="touch"
              aria-label={`${t('trucks.unloadAct')} ${thing.code}`}
              icon={<PackageMinus className="icon" />}
              onClick={() => session.submit({ code: thing.code, assetId: thing.id })}
            />
          )}
        />
      }
      byHand={
        <ThumbButton icon={<Keyboard className="icon-lg" />} onClick={() => setTyping(true)}>
          {t('trucks.find')}
        </ThumbButton>
      }
      onByHand={() => setTyping(true)}
      sheets={
        <>
          <Sheet
            title={t('trucks.pickPlace')}
            isOpen={isPicking}
            onClose={() => setPicking(false)}
            closeLabel={t('common.close')}
          >
            <ul>
              {places.map((one) => (
                <PickRow
                  key={one.id}
                  onPick={() => {
                    pick(one);
                    setPicking(false);
                  }}
                >
                  <span className="min-w-0 flex-1 truncate">{one.name}</span>
                  {one.id === place?.id && <Check className="icon-lg text-primary-text" />}
                </PickRow>
              ))}
            </ul>
          </Sheet>
          <TypeCodeSheet
            isOpen={isTyping}
            label={t('trucks.find')}
            onCode={(code) => session.submit({ code, assetId: null })}
            onClose={() => setTyping(false)}
          />
        </>
      }
    />
  );
}

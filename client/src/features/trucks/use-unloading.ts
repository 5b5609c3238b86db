import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { useRef, useState } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import type { ScanInput } from '#platform/scanner/scan-report.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import { FLEET_TABLES } from './read-fleet.ts';
import { type NamedPlace, readUnloading } from './read-unload.ts';
import { scanTruck } from './scan-truck.ts';
import type { TruckDetail } from './truck-detail.ts';

/** Everything the unloading of a vehicle stands on. The place is the venue first, until another is picked or scanned. */
export function useUnloading(vehicleId: VehicleId) {
  const { replica, recordOperation } = usePlatform();
  const { userId } = useSession();
  const read = useLiveRead(`unload ${vehicleId}`, [...FLEET_TABLES, 'storage_locations'], async (reader) => ({
    now: await readUnloading(reader, vehicleId),
  }));
  const [picked, setPicked] = useState<NamedPlace | null>(null);
  // The queue may be ahead of what is rendered, so the place that counts now is read from here.
  const chosen = useRef<NamedPlace | null>(null);
  const first = useRef<NamedPlace | null>(null);
  first.current ??= read.value?.now?.places[0] ?? null;
  const pick = (place: NamedPlace) => {
    chosen.current = place;
    setPicked(place);
  };
  const scan = async (input: ScanInput) => {
    const place = chosen.current ?? first.current;
    if (place === null) return err({ tag: 'storage_failed' as const, problem: 'no place to unload to' });
    const answer = await scanTruck(
      { replica, recordOperation, userId },
      { kind: 'unload', vehicleId, place: { kind: place.kind, id: place.id } as NamedPlace },
      input,
    );
    if (!answer.ok) return answer;
    if (answer.value.kind === 'report') return ok(answer.value.report);
    const { id, code, name } = answer.value.place;
    pick({ kind: 'location', id, name: `${code}, ${name}` });
    return ok(null);
  };
  const { session, state } = useScanSession<TruckDetail>(`unload:${vehicleId}`, scan);
  const place = picked ?? first.current;
  return {
    read,
    place,
    pick,
    session,
    state,
    /** The vehicle stands there with what it carries. */
    arrive: (at: NamedPlace, eventIds: readonly EventId[]) =>
      recordOperation({
        kind: 'arrive',
        vehicleId,
        place: { kind: at.kind, id: at.id } as NamedPlace,
        eventIds,
      }),
  };
}

import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { type ScanInput, sameThingAgain } from '#platform/scanner/scan-report.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import { readTruck, TRUCK_TABLES } from './read-truck.ts';
import { scanTruck, type TruckJob } from './scan-truck.ts';
import type { TruckDetail } from './truck-detail.ts';

/** Everything the loading of a vehicle for an event stands on. */
export function useTruck(vehicleId: VehicleId, eventId: EventId) {
  const { attachments, replica, recordOperation } = usePlatform();
  const { userId } = useSession();
  const scan = async (overrideReason: string | null, input: ScanInput) => {
    const job: TruckJob = { kind: 'load', vehicleId, eventId, overrideReason };
    const answer = await scanTruck({ replica, recordOperation, userId }, job, input);
    if (!answer.ok) return answer;
    return ok(answer.value.kind === 'report' ? answer.value.report : null);
  };
  const { session, state } = useScanSession<TruckDetail>(`load:${vehicleId}:${eventId}`, (input) =>
    scan(null, input),
  );
  const truck = useLiveRead(`truck ${vehicleId} ${eventId}`, TRUCK_TABLES, async (reader) => ({
    now: await readTruck(reader, vehicleId, eventId),
  }));
  return {
    session,
    state,
    truck,
    attachments,
    recordOperation,
    setAside: () => session.release(async () => ok(null)),
    /** Takes the held thing with a reason, which stays on record. */
    takeAnyway: (reason: string) =>
      session.release(async () => {
        const held = session.state.current().held;
        if (held?.detail.kind !== 'blocked') return ok(null);
        return scan(reason, sameThingAgain(held, held.detail.assetId));
      }),
  };
}

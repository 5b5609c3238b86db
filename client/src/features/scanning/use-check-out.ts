import type { EventId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { useRef } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { EVENT_LOAD_TABLES, type EventLoad, readEventLoad } from '#platform/scanner/read-event-load.ts';
import { sameThingAgain } from '#platform/scanner/scan-report.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import type { CheckOutDetail } from './check-out-detail.ts';
import { type MissingLine, readMissing } from './read-missing.ts';
import { SCAN_EVENT, type ScanEvent } from './scan-event-query.ts';
import { scanOut } from './scan-out.ts';

const PLACE_TABLES = [...EVENT_LOAD_TABLES, 'storage_locations', 'events', 'events_overlay'];

/** Where to look next may lag behind a burst of scans; how much is out may not. */
const LOOK_FOR_MISSING_EVERY_MS = 700;

/** Everything the scan screen of an event stands on. */
export function useCheckOut(eventId: EventId) {
  const { replica, recordOperation } = usePlatform();
  const { userId } = useSession();
  const event = useLiveQuery<ScanEvent>(SCAN_EVENT, [eventId]);
  const { session, state } = useScanSession<CheckOutDetail>(`out:${eventId}`, (input) =>
    scanOut({ replica, recordOperation, userId }, { eventId, overrideReason: null }, input),
  );
  const near = lastShelf(state.log.map(({ detail }) => detail));
  const load = useLiveRead<EventLoad>(eventId, EVENT_LOAD_TABLES, (reader) => readEventLoad(reader, eventId));
  const missing = useLiveRead<readonly MissingLine[]>(
    `${eventId} ${near ?? ''}`,
    PLACE_TABLES,
    async (reader) => readMissing(reader, eventId, (await readEventLoad(reader, eventId)).lines, near),
    LOOK_FOR_MISSING_EVERY_MS,
  );

  // The last answer stays while the person walks on and the next is being read.
  const lastMissing = useRef<readonly MissingLine[]>([]);
  if (missing.value) lastMissing.current = missing.value;

  return {
    event,
    session,
    state,
    load: load.value,
    missing: lastMissing.current,
    /** Takes the held thing with a reason, which stays on record. */
    takeAnyway: (reason: string) =>
      session.release(async () => {
        const held = session.state.current().held;
        if (held?.detail.kind !== 'blocked') return { ok: true, value: null };
        return scanOut(
          { replica, recordOperation, userId },
          { eventId, overrideReason: reason },
          sameThingAgain(held, held.detail.assetId),
        );
      }),
    setAside: () => session.release(async () => ({ ok: true, value: null })),
  };
}

export type CheckOut = ReturnType<typeof useCheckOut>;

/** The shelf the person was at last: what is missing is looked for from there. */
function lastShelf(details: readonly CheckOutDetail[]): StorageLocationId | null {
  for (const detail of details) {
    if (detail.kind === 'ok' && detail.from.kind === 'location') return detail.from.id;
  }
  return null;
}

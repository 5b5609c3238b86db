import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { useMemo, useRef } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import type { LogEntry, ScanInput } from '#platform/scanner/scan-report.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { useScanSession } from '#platform/scanner/use-scan-session.ts';
import type { CheckInJob } from './check-in.ts';
import { createCheckInDesk } from './check-in-desk.ts';
import type { CheckInDetail } from './check-in-detail.ts';
import { readCheckInPlaces } from './check-in-places.ts';
import { pickPlace } from './kept-place.ts';

export type HowItCame = Omit<CheckInJob, 'place'>;

/** As a scan counts until somebody says otherwise. */
export const fine: HowItCame = { disposition: 'ok', note: null, photos: [] };

/** Everything the check-in screen stands on. */
export function useCheckIn() {
  const { replica, recordOperation } = usePlatform();
  const { userId } = useSession();
  const places = useLiveRead('places', ['storage_locations'], readCheckInPlaces);
  const desk = useMemo(
    () => createCheckInDesk({ replica, recordOperation, userId }, localStorage),
    [replica, recordOperation, userId],
  );
  const place = useObservable(desk.place) ?? pickPlace(localStorage, places.value ?? []);
  /** How the next tick is meant; a scan is always fine first. */
  const howById = useRef(new Map<AssetId, HowItCame>());

  const scan = async (input: ScanInput) => {
    const how = input.assetId === null ? undefined : howById.current.get(input.assetId);
    const answer = await desk.scan(how ?? fine, input);
    if (!answer.ok) return answer;
    if (answer.value === null) return ok(null);
    if (answer.value.kind === 'report') return ok(answer.value.report);
    feedbackOfThisDevice().play('line_complete');
    return ok(null);
  };
  const { session, state } = useScanSession<CheckInDetail>('in', scan);

  /** Records how a thing came back, by its row in a list or after its scan. */
  const tick = (thing: { readonly id: AssetId; readonly code: string }, how: HowItCame) => {
    howById.current.set(thing.id, how);
    session.submit({ code: thing.code, assetId: thing.id });
  };

  return {
    places: places.value,
    place,
    setPlace: desk.putDownAt,
    session,
    state,
    tick,
    /** Worse than it was said to be is a newer fact; better takes the wrong one back first. */
    correct: async (entry: LogEntry<CheckInDetail>, how: HowItCame) => {
      if (entry.detail.kind !== 'in') return;
      if (entry.detail.disposition !== 'ok') {
        const undone = await session.undo(entry);
        if (!undone.ok) return;
      }
      tick({ id: entry.detail.assetId, code: entry.code }, how);
    },
  };
}

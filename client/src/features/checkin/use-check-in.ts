import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { useMemo, useRef } from 'react';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import { type LogEntry, type ScanInput, sameThingAgain } from '#platform/scanner/scan-report.ts';
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

  /** Records how a thing came back. */
  const say = (assetId: AssetId, input: ScanInput, how: HowItCame) => {
    howById.current.set(assetId, how);
    session.submit(input);
  };

  return {
    places: places.value,
    place,
    setPlace: desk.putDownAt,
    session,
    state,
    /** By its row in a list. */
    tick: (thing: { readonly id: AssetId; readonly code: string }, how: HowItCame) =>
      say(thing.id, { code: thing.code, assetId: thing.id }, how),
    /** Worse than it was said to be is a newer fact; better takes the wrong one back first. */
    correct: async (entry: LogEntry<CheckInDetail>, how: HowItCame) => {
      if (entry.detail.kind !== 'in') return;
      if (entry.detail.disposition !== 'ok') {
        const undone = await session.undo(entry);
        if (!undone.ok) return;
      }
      const { assetId } = entry.detail;
      say(assetId, sameThingAgain(entry, assetId), how);
    },
  };
}

import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { createObservable, type Observable } from '#platform/live/observable.ts';
import type { ScanFailure, ScanInput } from '#platform/scanner/scan-report.ts';
import { type CheckInAnswer, type CheckInCapabilities, type CheckInJob, checkIn } from './check-in.ts';
import type { CheckInPlace } from './check-in-detail.ts';
import { readCheckInPlaces } from './check-in-places.ts';
import { keepPlace, pickPlace } from './kept-place.ts';

export type CheckInDesk = {
  /** Null until a place was scanned or picked; until then the one kept from last time counts. */
  readonly place: Observable<CheckInPlace | null>;
  putDownAt(place: CheckInPlace): void;
  /** One code on its way in. Null where the depot has no place to put anything down. */
  scan(how: Omit<CheckInJob, 'place'>, input: ScanInput): Promise<Result<CheckInAnswer | null, ScanFailure>>;
};

/**
 * Where things come back to. A burst runs ahead of what is rendered, so the place that counts now is kept here: what
 * is scanned right after the label of a shelf lies on that shelf, and what is scanned before the places are read waits.
 */
export function createCheckInDesk(
  capabilities: CheckInCapabilities,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): CheckInDesk {
  const place = createObservable<CheckInPlace | null>(null);
  const putDownAt = (next: CheckInPlace) => {
    keepPlace(storage, next);
    place.set(next);
  };
  return {
    place,
    putDownAt,
    async scan(how, input) {
      const here = place.current() ?? pickPlace(storage, await readCheckInPlaces(capabilities.replica));
      if (!here) return ok(null);
      const answer = await checkIn(capabilities, { ...how, place: here }, input);
      if (answer.ok && answer.value.kind === 'place') putDownAt(answer.value.place);
      return answer;
    },
  };
}

import type { CheckInPlace } from './check-in-detail.ts';

const KEY = 'eventkit.checkin.place';

/** Where this device put things down last; the first place of the depot where that is gone or unknown. */
export function pickPlace(
  storage: Pick<Storage, 'getItem'>,
  places: readonly CheckInPlace[],
): CheckInPlace | null {
  const kept = storage.getItem(KEY);
  return places.find(({ id }) => id === kept) ?? places[0] ?? null;
}

export function keepPlace(storage: Pick<Storage, 'setItem'>, place: CheckInPlace): void {
  storage.setItem(KEY, place.id);
}

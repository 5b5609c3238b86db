import type { AssetId, EventId } from '#kernel/ids.ts';
import type { AssetState, Place } from '#ledger/asset-state.ts';

export type EffectivePlace = {
  /** Where it is when one looks through the cases; null where a case on the way is not known here. */
  readonly place: Exclude<Place, { readonly kind: 'case' }> | null;
  /** The event it is out for, there or on a vehicle; null in stock and where that is not known. */
  readonly eventId: EventId | null;
  /** The cases around it, the innermost first. */
  readonly caseIds: readonly AssetId[];
};

/** What the ledger says of where something directly is. */
export type Whereabouts = Pick<AssetState, 'place' | 'eventId'>;

/** [SC3] Follows a place from case to case to the event, location or vehicle. A circle ends like an unknown case. */
export function effectivePlace(
  start: Whereabouts,
  whereaboutsOf: (caseId: AssetId) => Whereabouts | undefined,
): EffectivePlace {
  const caseIds: AssetId[] = [];
  for (let at: Whereabouts | undefined = start; at !== undefined; ) {
    const { place, eventId } = at;
    if (place.kind !== 'case') return { place, eventId, caseIds };
    if (caseIds.includes(place.id)) break;
    caseIds.push(place.id);
    at = whereaboutsOf(place.id);
  }
  return { place: null, eventId: null, caseIds };
}

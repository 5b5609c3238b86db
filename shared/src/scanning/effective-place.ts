import type { AssetId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';

export type EffectivePlace = {
  /** Where it is when one looks through the cases; null where a case on the way is not known here. */
  readonly place: Exclude<Place, { readonly kind: 'case' }> | null;
  /** The cases around it, the innermost first. */
  readonly caseIds: readonly AssetId[];
};

/** [SC3] Follows a place from case to case to the event or location. A circle ends like an unknown case. */
export function effectivePlace(
  place: Place,
  placeOfCase: (caseId: AssetId) => Place | undefined,
): EffectivePlace {
  const caseIds: AssetId[] = [];
  let current: Place | undefined = place;
  while (current?.kind === 'case') {
    if (caseIds.includes(current.id)) return { place: null, caseIds };
    caseIds.push(current.id);
    current = placeOfCase(current.id);
  }
  return { place: current ?? null, caseIds };
}

import type { AssetStatus, Place } from '#ledger/asset-state.ts';
import { samePlace } from '#ledger/same-place.ts';

/** What a counted thing turned out to be. */
export type SeenOutcome = 'found_here' | 'wrong_place' | 'no_home' | 'unexpected' | 'unknown_code';

/** What the books have of a thing as of its count, seen through the cases around it. */
export type Expected = {
  /** Null where the cases around it lead nowhere. */
  readonly place: Place | null;
  readonly status: AssetStatus;
};

/** [ST13] The five outcomes; `home` is where its history starts. */
export function judgeSeen(seen: Place, expected: Expected | null, home: Place | null): SeenOutcome {
  if (expected === null) return 'unknown_code';
  const { place, status } = expected;
  if (status === 'lost' || status === 'retired' || place?.kind === 'event' || place?.kind === 'vehicle') {
    return 'unexpected';
  }
  if (place !== null && samePlace(place, seen)) return 'found_here';
  return home?.kind === 'location' || home?.kind === 'case' ? 'wrong_place' : 'no_home';
}

/** What is proposed for a difference. */
export type SuggestedAction = 'found' | 'missing' | 'quantity' | 'recount' | 'assign_code';

/** The proposal for each outcome that differs from the books; null where nothing differs. */
export function suggestionFor(
  outcome: SeenOutcome | 'missing' | 'differs' | 'quantity',
): SuggestedAction | null {
  switch (outcome) {
    case 'found_here':
      return null;
    case 'wrong_place':
    case 'no_home':
    case 'unexpected':
      return 'found';
    case 'unknown_code':
      return 'assign_code';
    case 'differs':
      return 'recount';
    case 'missing':
    case 'quantity':
      return outcome;
  }
}

/** [ST14] True for what should have been seen where the scope reaches, and was not. */
export function isMissing(
  expected: Expected,
  isInScope: (place: Place) => boolean,
  wasSeen: { readonly itself: boolean; readonly caseAround: boolean },
): boolean {
  if (wasSeen.itself || wasSeen.caseAround) return false;
  if (expected.status === 'lost' || expected.status === 'retired') return false;
  return expected.place !== null && isInScope(expected.place);
}

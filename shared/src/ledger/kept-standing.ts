import type { AssetId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Standing } from './apply-fact.ts';
import type { AssetState } from './asset-state.ts';
import { type Conflict, sameConflict } from './conflict.ts';
import { samePlace } from './same-place.ts';

/**
 * [LG27] The version of the rules that standings were kept under; another version makes nothing of them. It goes up
 * whenever the same history comes to something else than before (a test compares).
 */
export const LEDGER_RULES = 1;

/** [LG27] What the history of an asset that is no case came to as of an instant, facts of that instant included. */
export type KeptStanding = {
  readonly assetId: AssetId;
  readonly asOf: Instant;
  readonly standing: Standing;
  /** The conflicts about the asset that were open then, in the order in which they came up. */
  readonly open: readonly Conflict[];
};

/** [LG27] The part of a history that is at hand: after `from`, or its beginning, and up to `until`, or its end. */
export type HistoryPart = {
  readonly from: KeptStanding | null;
  readonly until: KeptStanding | null;
};

/** True where the facts of the instant lie in the part. */
export function isInPart(effectiveAt: Instant, { from, until }: HistoryPart): boolean {
  return (from === null || effectiveAt > from.asOf) && (until === null || effectiveAt <= until.asOf);
}

/** True where a history went on from one as it would from the other. */
export function sameOutcome(
  a: Pick<KeptStanding, 'standing' | 'open'>,
  b: Pick<KeptStanding, 'standing' | 'open'>,
): boolean {
  return (
    a.standing.placedBy === b.standing.placedBy &&
    sameFields(a.standing.holds, b.standing.holds) &&
    sameState(a.standing.state, b.standing.state) &&
    a.open.length === b.open.length &&
    a.open.every((conflict, index) => sameConflict(conflict, b.open[index]))
  );
}

function sameState({ place, ...a }: AssetState, { place: otherPlace, ...b }: AssetState): boolean {
  return samePlace(place, otherPlace) && sameFields(a, b);
}

function sameFields<Fields extends object>(a: Fields, b: Fields): boolean {
  return (Object.keys(a) as (keyof Fields)[]).every((name) => a[name] === b[name]);
}

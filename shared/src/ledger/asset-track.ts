import { applyFact, type Nesting, type Standing } from './apply-fact.ts';
import type { Asset } from './asset.ts';
import type { AssetState, Place } from './asset-state.ts';
import type { Conflict } from './conflict.ts';
import type { Fact } from './counted-movements.ts';
import { noHolds } from './holds.ts';
import type { HistoryPart } from './kept-standing.ts';

export type AssetBase = Pick<Asset, 'id' | 'baseline'>;

/** An asset on its way through its history. */
export type Track = {
  readonly part: HistoryPart;
  standing: Standing;
  /** Apart from those that are settled: a history of years has thousands of these, and each fact asks for the others. */
  open: readonly Conflict[];
  readonly settled: Conflict[];
};

const wholeHistory: HistoryPart = { from: null, until: null };

/** An asset where its history, or the part of it that is at hand, begins. */
export function newTrack({ baseline }: AssetBase, part = wholeHistory): Track {
  const { standing, open } = part.from ?? {
    standing: { state: stateAt(baseline), placedBy: null, holds: noHolds },
    open: [],
  };
  return { part, standing, open, settled: [] };
}

/** An asset of which nothing is known but where it is. */
export function stateAt(place: Place): AssetState {
  return {
    place,
    status: 'in_service',
    condition: 'ok',
    eventId: place.kind === 'event' ? place.id : null,
    inspectionDueAt: null,
    sealedBy: null,
    lastMovementId: null,
    lastMovedAt: null,
  };
}

/** Brings the asset on by one fact, in place; answers which conflicts that opened. */
export function goOn(track: Track, fact: Fact, nesting: Nesting | null): readonly Conflict[] {
  const { standing, opened } = applyFact(track.standing, fact, nesting);
  settleOpen(track, fact);
  if (opened.length > 0) track.open = [...track.open, ...opened];
  track.standing = standing;
  return opened;
}

/** [LG13] [LG20] [LG25] The next fact about an asset answers what was open about it, as far as it speaks of that. */
function settleOpen(track: Track, by: Fact): void {
  if (track.open.length === 0 || by.kind === 'seal' || by.kind === 'open') return;
  const isAnswered = (conflict: Conflict) => by.to !== null || conflict.class === 'blocked_went_out';
  for (const conflict of track.open.filter(isAnswered)) {
    track.settled.push({ ...conflict, status: 'settled', settledByMovementId: by.id });
  }
  track.open = track.open.filter((conflict) => !isAnswered(conflict));
}

import type { ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { AssetState, AssetStatus } from './asset-state.ts';
import type { Conflict, ConflictClass } from './conflict.ts';
import type { Fact } from './counted-movements.ts';
import { samePlace } from './same-place.ts';

/** An asset at one moment of its history. */
export type Standing = {
  readonly state: AssetState;
  /** The fact that brought it to its place; null while it stands where its history starts. */
  readonly placedBy: MovementId | null;
};

/** What put the case, or a case around it, inside the very asset that is to go into it. */
export type Nesting = { readonly placedBy: MovementId | null };

export type AppliedFact = { readonly standing: Standing; readonly opened: readonly Conflict[] };

/** One step of the fold: what a fact makes of an asset. `nesting` is set where the fact would close a circle. */
export function applyFact(before: Standing, fact: Fact, nesting: Nesting | null): AppliedFact {
  const seen = statusWhenSeen(before.state);
  const stays = nesting !== null || samePlace(before.state.place, fact.to);
  return {
    standing: {
      state: {
        place: stays ? before.state.place : fact.to,
        status: statusAfter(seen, fact),
        condition: fact.disposition === 'damaged' ? 'damaged' : before.state.condition,
        lastMovementId: fact.id,
        lastMovedAt: fact.effectiveAt,
      },
      placedBy: stays ? before.placedBy : fact.id,
    },
    opened: nesting === null ? conflictsOf(before, seen, fact) : [caseInItself(nesting, fact)],
  };
}

/** [LG10] What is seen is not lost; what was damaged when it got lost is still held back. */
function statusWhenSeen(state: AssetState): AssetStatus {
  if (state.status !== 'lost') return state.status;
  return state.condition === 'damaged' ? 'quarantined' : 'in_service';
}

/** [LG9] Only a check-in says how the asset is; retired is for good. */
function statusAfter(seen: AssetStatus, fact: Fact): AssetStatus {
  if (seen === 'retired') return 'retired';
  switch (fact.disposition) {
    case 'damaged':
      return 'quarantined';
    case 'lost':
      return 'lost';
    case 'consumed':
      return 'retired';
    case 'ok':
    case null:
      return seen;
  }
}

function conflictsOf(before: Standing, seen: AssetStatus, fact: Fact): Conflict[] {
  const from = before.state.place;
  if (samePlace(from, fact.to)) return [];
  const knew = fact.observed !== null && samePlace(fact.observed.place, from);
  const opened: Conflict[] = [];
  if (fact.kind === 'check_out' && from.kind === 'event' && !knew) {
    opened.push(conflictOf('double_check_out', before.placedBy, fact));
  }
  if (fact.kind === 'check_out' && seen !== 'in_service') {
    opened.push(conflictOf('blocked_went_out', null, fact));
  }
  if (fact.kind === 'pack' && from.kind === 'case' && !knew) {
    opened.push(conflictOf('two_cases', before.placedBy, fact));
  }
  return opened;
}

function caseInItself(nesting: Nesting, fact: Fact): Conflict {
  const opened = conflictOf('case_in_itself', nesting.placedBy, fact);
  return fact.to.kind === 'case' ? { ...opened, otherAssetId: fact.to.id } : opened;
}

/** [LG14] Named by class and cause, so that it is the same wherever and however often it is derived. */
function conflictOf(conflictClass: ConflictClass, first: MovementId | null, second: Fact): Conflict {
  const eventId: EventId | null = second.to.kind === 'event' ? second.to.id : null;
  return {
    id: `${conflictClass}:${first ?? 'baseline'}:${second.id}` as ConflictId,
    class: conflictClass,
    status: 'open',
    assetId: second.assetId,
    otherAssetId: null,
    firstMovementId: first,
    secondMovementId: second.id,
    settledByMovementId: null,
    operationId: null,
    eventId,
    code: null,
    openedAt: second.effectiveAt,
  };
}

import type { ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { AssetCondition, AssetState, AssetStatus } from './asset-state.ts';
import type { AssetConflictClass, Conflict } from './conflict.ts';
import type { Fact, PlacingFact } from './counted-movements.ts';
import { samePlace } from './same-place.ts';

/** An asset at one moment of its history. */
export type Standing = {
  readonly state: AssetState;
  /** The fact that brought it to its place; null while it stands where its history starts. */
  readonly placedBy: MovementId | null;
  /** Damaged or quarantined, and not released since; remembered while it is lost. */
  readonly isHeldBack: boolean;
};

/** What put the case, or a case around it, inside the very asset that is to go into it. */
export type Nesting = { readonly placedBy: MovementId | null };

export type AppliedFact = { readonly standing: Standing; readonly opened: readonly Conflict[] };

/** One step of the fold: what a fact makes of an asset. `nesting` is set where the fact would close a circle. */
export function applyFact(before: Standing, fact: Fact, nesting: Nesting | null): AppliedFact {
  const seen = statusWhenSeen(before);
  const stays = nesting !== null || fact.to === null || samePlace(before.state.place, fact.to);
  return {
    standing: {
      state: {
        place: stays ? before.state.place : fact.to,
        status: statusAfter(seen, fact),
        condition: conditionAfter(before.state.condition, fact),
        lastMovementId: fact.id,
        lastMovedAt: fact.effectiveAt,
      },
      placedBy: stays ? before.placedBy : fact.id,
      isHeldBack: isHeldBackAfter(before.isHeldBack, fact),
    },
    opened: nesting === null ? conflictsOf(before, seen, fact) : [caseInItself(nesting, fact)],
  };
}

/** [LG10] What is seen is not lost; what was held back when it got lost still is. */
function statusWhenSeen({ state, isHeldBack }: Standing): AssetStatus {
  if (state.status !== 'lost') return state.status;
  return isHeldBack ? 'quarantined' : 'in_service';
}

function isHeldBackAfter(before: boolean, fact: Fact): boolean {
  if (fact.kind === 'release') return false;
  return before || fact.kind === 'quarantine' || fact.disposition === 'damaged';
}

/** [LG9] [LG19] A check-in and a status fact say how the asset is; retired is for good. */
function statusAfter(seen: AssetStatus, fact: Fact): AssetStatus {
  if (seen === 'retired') return 'retired';
  switch (fact.kind) {
    case 'quarantine':
      return 'quarantined';
    case 'release':
      return 'in_service';
    case 'retire':
      return 'retired';
    default:
      return statusAfterReturn(seen, fact);
  }
}

function statusAfterReturn(seen: AssetStatus, fact: PlacingFact): AssetStatus {
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

/** [LG9] [LG19] What was released is no longer damaged. */
function conditionAfter(before: AssetCondition, fact: Fact): AssetCondition {
  if (fact.kind === 'release') return 'ok';
  return fact.disposition === 'damaged' ? 'damaged' : before;
}

function conflictsOf(before: Standing, seen: AssetStatus, fact: Fact): Conflict[] {
  const from = before.state.place;
  if (fact.to === null || samePlace(from, fact.to)) return [];
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
  return fact.to?.kind === 'case' ? { ...opened, otherAssetId: fact.to.id } : opened;
}

/** [LG14] Named by class and cause, so that it is the same wherever and however often it is derived. */
function conflictOf(conflictClass: AssetConflictClass, first: MovementId | null, second: Fact): Conflict {
  const eventId: EventId | null = second.to?.kind === 'event' ? second.to.id : null;
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
    subject: null,
    detail: null,
    openedAt: second.effectiveAt,
  };
}

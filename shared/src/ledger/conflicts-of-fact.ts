import type { ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { Standing } from './apply-fact.ts';
import type { AssetConflictClass, Conflict } from './conflict.ts';
import type { Fact } from './counted-movements.ts';
import { statusOfHolds } from './holds.ts';
import { samePlace } from './same-place.ts';

/** What a fact that changes the place, or the event it is out for, opens. `eventId` is the event afterwards. */
export function conflictsOf(before: Standing, fact: Fact, eventId: EventId | null): Conflict[] {
  const { place: from, eventId: outFor } = before.state;
  const knew = sawIt(fact) && fact.observed !== null && samePlace(fact.observed.place, from);
  const goesOut = takesOut(fact) && eventId !== null && eventId !== outFor;
  const opened: Conflict[] = [];
  if (goesOut && outFor !== null && !knew) {
    opened.push(conflictOf('double_check_out', before.placedBy, fact));
  }
  if (goesOut && isBlocked(before, fact)) opened.push(conflictOf('blocked_went_out', null, fact));
  if (fact.kind === 'pack' && from.kind === 'case' && !knew) {
    opened.push(conflictOf('two_cases', before.placedBy, fact));
  }
  return opened;
}

/** [LG26] What the device believed of something else says nothing about this asset. */
function sawIt({ assetId, namedAssetId }: Fact): boolean {
  return namedAssetId === null || namedAssetId === assetId;
}

/** [LG12] */
export function caseInItself(first: MovementId | null, fact: Fact): Conflict {
  const opened = conflictOf('case_in_itself', first, fact);
  return fact.to?.kind === 'case' ? { ...opened, otherAssetId: fact.to.id } : opened;
}

/** What a person said of a conflict, and where something was merely seen, is no going out. */
function takesOut({ kind }: Fact): boolean {
  return kind === 'check_out' || kind === 'load' || kind === 'unload';
}

/** [LG17] That it was lost blocks nothing. */
function isBlocked({ state, holds }: Standing, { effectiveAt }: Fact): boolean {
  const isOverdue = state.inspectionDueAt !== null && state.inspectionDueAt < effectiveAt;
  return isOverdue || state.status === 'retired' || statusOfHolds(holds) !== 'in_service';
}

/** [LG14] Named by class and cause, so that it is the same wherever and however often it is derived. */
function conflictOf(conflictClass: AssetConflictClass, first: MovementId | null, second: Fact): Conflict {
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
    eventId: second.to?.kind === 'event' ? second.to.id : second.eventId,
    code: null,
    subject: null,
    detail: null,
    openedAt: second.effectiveAt,
  };
}

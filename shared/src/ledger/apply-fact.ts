import type { EventId, MovementId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { AssetCondition, AssetState, AssetStatus } from './asset-state.ts';
import type { Conflict } from './conflict.ts';
import { caseInItself, conflictsOf } from './conflicts-of-fact.ts';
import type { Fact } from './counted-movements.ts';
import { type Holds, holdsAfter, statusOfHolds } from './holds.ts';
import { samePlace } from './same-place.ts';

/** An asset at one moment of its history. */
export type Standing = {
  readonly state: AssetState;
  /** The fact that brought it to its place; null while it stands where its history starts. */
  readonly placedBy: MovementId | null;
  readonly holds: Holds;
};

/** What put the case, or a case around it, inside the very asset that is to go into it. */
export type Nesting = { readonly placedBy: MovementId | null };

export type AppliedFact = { readonly standing: Standing; readonly opened: readonly Conflict[] };

/** One step of the fold: what a fact makes of an asset. `nesting` is set where the fact would close a circle. */
export function applyFact(before: Standing, fact: Fact, nesting: Nesting | null): AppliedFact {
  const eventId = eventAfter(before, fact);
  const stays =
    nesting !== null ||
    fact.to === null ||
    (samePlace(before.state.place, fact.to) && before.state.eventId === eventId);
  const holds = holdsAfter(before.holds, fact);
  const state: AssetState = {
    place: stays ? before.state.place : fact.to,
    eventId: stays ? before.state.eventId : eventId,
    status: statusAfter(before.state.status, holds, fact),
    condition: conditionAfter(before.state.condition, fact),
    inspectionDueAt: inspectionDueAfter(before.state.inspectionDueAt, fact),
    sealedBy: sealedByAfter(before.state.sealedBy, fact),
    lastMovementId: fact.id,
    lastMovedAt: fact.effectiveAt,
  };
  return {
    standing: { state, placedBy: stays ? before.placedBy : fact.id, holds },
    opened: openedBy(),
  };

  function openedBy(): readonly Conflict[] {
    if (nesting !== null) return [caseInItself(nesting.placedBy, fact)];
    if (stays || fact.to === null) return [];
    return conflictsOf(before, fact, eventId);
  }
}

/** [LG24] The event it is out for, where the fact stands. What rides along by no load is still out for what it was. */
function eventAfter({ state }: Standing, fact: Fact): EventId | null {
  if (fact.to?.kind === 'event') return fact.to.id;
  if (fact.to?.kind !== 'vehicle') return null;
  return fact.kind === 'load' ? fact.eventId : state.eventId;
}

/** [LG9] [LG10] [LG19] What is seen is not lost, but held back as before; retired is for good. */
function statusAfter(before: AssetStatus, holds: Holds, fact: Fact): AssetStatus {
  if (before === 'retired' || fact.kind === 'retire' || fact.disposition === 'consumed') return 'retired';
  return fact.disposition === 'lost' ? 'lost' : statusOfHolds(holds);
}

/** [LG9] [LG19] [LG22] What was released or repaired is no longer damaged. */
function conditionAfter(before: AssetCondition, fact: Fact): AssetCondition {
  if (fact.kind === 'release' || fact.kind === 'repair_done') return 'ok';
  return fact.disposition === 'damaged' ? 'damaged' : before;
}

/** [LG22] [LG23] A pass sets the date or takes it away; a repair sets it where it names one. */
function inspectionDueAfter(before: Instant | null, fact: Fact): Instant | null {
  if (fact.kind === 'inspection_result') return fact.outcome === 'passed' ? fact.inspectionDueAt : before;
  return fact.kind === 'repair_done' ? (fact.inspectionDueAt ?? before) : before;
}

/** [LG25] A case stays sealed, wherever it goes, until somebody opens it. */
function sealedByAfter(before: MovementId | null, fact: Fact): MovementId | null {
  if (fact.kind === 'seal') return fact.id;
  return fact.kind === 'open' ? null : before;
}

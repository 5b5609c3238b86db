import type { AssetId, ConflictId, EventId, MovementId } from '#kernel/ids.ts';
import type { AssetState, AssetStatus, Place } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Conflict, ConflictClass } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';

/**
 * The ledger's rules once more, slow and the other way round: nothing is carried along; every question ("where was
 * it before the k-th fact?") is answered by looking back through the history. Shares no code with the fold.
 */
type Whereabouts = { readonly place: Place; readonly outFor: EventId | null; readonly by: MovementId | null };

export function ledgerOracle(bases: readonly AssetBase[], movements: readonly Movement[]) {
  const facts = countingFacts(movements.filter(isAboutSomething));
  const remembered = new Map<string, Whereabouts>();

  function placeBefore(assetId: AssetId, k: number): Whereabouts | null {
    const key = `${assetId} ${k}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const answer = lookBack(assetId, k);
    if (answer !== null) remembered.set(key, answer);
    return answer;
  }

  function lookBack(assetId: AssetId, k: number): Whereabouts | null {
    for (let i = k - 1; i >= 0; i--) {
      const fact = facts[i];
      if (fact?.assetId !== assetId || fact.to === null || circleAt(i) !== null) continue;
      const earlier = placeBefore(assetId, i);
      const outFor = outForAfter(i);
      const isThere = earlier !== null && isSame(earlier.place, fact.to) && earlier.outFor === outFor;
      return isThere ? earlier : { place: fact.to, outFor, by: fact.id };
    }
    const base = bases.find(({ id }) => id === assetId);
    if (base === undefined) return null;
    return { place: base.baseline, outFor: eventIn(base.baseline), by: null };
  }

  /** The event that the asset of the i-th fact is out for, should that fact stand. */
  function outForAfter(i: number): EventId | null {
    const fact = facts[i];
    if (fact === undefined || fact.to === null) return null;
    if (fact.kind === 'load') return fact.eventId;
    const rides = fact.to.kind === 'vehicle';
    return rides ? (placeBefore(fact.assetId, i)?.outFor ?? null) : eventIn(fact.to);
  }

  /** What put something inside the asset of the i-th fact so that it cannot go where the fact says. */
  function circleAt(i: number): { by: MovementId | null } | null {
    const fact = facts[i];
    if (fact?.to?.kind !== 'case') return null;
    if (fact.to.id === fact.assetId) return { by: null };
    let inner: AssetId = fact.to.id;
    for (let depth = 0; depth < bases.length; depth++) {
      const around = placeBefore(inner, i);
      if (around?.place.kind !== 'case') return null;
      if (around.place.id === fact.assetId) return { by: around.by };
      inner = around.place.id;
    }
    return null;
  }

  function statusAt(assetId: AssetId, k: number): AssetStatus {
    const past = facts.slice(0, k).filter((fact) => fact.assetId === assetId);
    if (past.some(isFarewell)) return 'retired';
    if (past.at(-1)?.disposition === 'lost') return 'lost';
    return heldStatus(past);
  }

  function stateOf({ id, baseline }: AssetBase): AssetState {
    const own = facts.filter(({ assetId }) => assetId === id);
    return {
      place: placeBefore(id, facts.length)?.place ?? baseline,
      status: statusAt(id, facts.length),
      eventId: (placeBefore(id, facts.length) ?? { outFor: null }).outFor,
      condition: sinceMended(own).some(({ disposition }) => disposition === 'damaged') ? 'damaged' : 'ok',
      inspectionDueAt: dueAfter(own),
      sealedBy: sealOf(own),
      lastMovementId: own.at(-1)?.id ?? null,
      lastMovedAt: own.at(-1)?.effectiveAt ?? null,
    };
  }

  function conflictsAt(k: number): Conflict[] {
    const fact = facts[k];
    const before = fact && placeBefore(fact.assetId, k);
    if (fact === undefined || before === null || before === undefined || fact.to === null) return [];
    const later = facts
      .slice(k + 1)
      .filter(({ assetId, kind }) => assetId === fact.assetId && kind !== 'seal' && kind !== 'open');
    const found = (name: ConflictClass, first: MovementId | null, otherAssetId: AssetId | null): Conflict => {
      const settledBy = later.find(({ to }) => to !== null || name === 'blocked_went_out')?.id ?? null;
      return {
        id: `${name}:${first ?? 'baseline'}:${fact.id}` as ConflictId,
        class: name,
        status: settledBy === null ? 'open' : 'settled',
        assetId: fact.assetId,
        otherAssetId,
        firstMovementId: first,
        secondMovementId: fact.id,
        settledByMovementId: settledBy,
        operationId: null,
        eventId: fact.to?.kind === 'event' ? fact.to.id : fact.kind === 'load' ? fact.eventId : null,
        code: null,
        subject: null,
        detail: null,
        openedAt: fact.effectiveAt,
      };
    };
    const circle = circleAt(k);
    if (circle !== null) return [found('case_in_itself', circle.by, fact.to.id as AssetId)];
    const outFor = outForAfter(k);
    const goesOut =
      ['check_out', 'load', 'unload'].includes(fact.kind) && outFor !== null && outFor !== before.outFor;
    const leaves = !isSame(before.place, fact.to);
    const sawAnother = fact.namedAssetId !== null && fact.namedAssetId !== fact.assetId;
    const unaware = sawAnother || fact.observed === null || !isSame(fact.observed.place, before.place);
    const past = facts.slice(0, k).filter(({ assetId }) => assetId === fact.assetId);
    const due = dueAfter(past);
    const isOverdue = due !== null && due < fact.effectiveAt;
    const wasHeldBack = past.some(isFarewell) || heldStatus(past) !== 'in_service';
    const conflicts: Conflict[] = [];
    if (goesOut && unaware && before.outFor !== null) {
      conflicts.push(found('double_check_out', before.by, null));
    }
    if (goesOut && (wasHeldBack || isOverdue)) conflicts.push(found('blocked_went_out', null, null));
    if (fact.kind === 'pack' && leaves && unaware && before.place.kind === 'case') {
      conflicts.push(found('two_cases', before.by, null));
    }
    return conflicts;
  }

  return {
    statesById: new Map(bases.map((base) => [base.id, stateOf(base)])),
    conflicts: facts.flatMap((_, k) => conflictsAt(k)),
  };
}

function sealOf(past: readonly Movement[]): MovementId | null {
  const last = past.findLast(({ kind }) => kind === 'seal' || kind === 'open');
  return last?.kind === 'seal' ? last.id : null;
}

function isFarewell({ kind, disposition }: Movement): boolean {
  return kind === 'retire' || disposition === 'consumed';
}

/** Of one asset that is neither lost nor gone for good. */
function heldStatus(past: readonly Movement[]): AssetStatus {
  const lastOfRepair = past.findLast(
    (fact) => isHeldBackBy(fact) || isMendedBy(fact) || hasFailedBy(fact) || fact.kind === 'repair_start',
  );
  if (lastOfRepair?.kind === 'repair_start') return 'in_repair';
  const lastInspection = past.findLast(({ kind }) => kind === 'inspection_result' || kind === 'release');
  const hasFailed = lastInspection !== undefined && hasFailedBy(lastInspection);
  return hasFailed || sinceMended(past).some(isHeldBackBy) ? 'quarantined' : 'in_service';
}

function dueAfter(past: readonly Movement[]): AssetState['inspectionDueAt'] {
  const setBy = past.findLast(
    ({ kind, outcome, inspectionDueAt }) =>
      (kind === 'inspection_result' && outcome === 'passed') ||
      (kind === 'repair_done' && inspectionDueAt !== null),
  );
  return setBy?.inspectionDueAt ?? null;
}

function isHeldBackBy({ kind, disposition }: Movement): boolean {
  return kind === 'quarantine' || disposition === 'damaged';
}

function isMendedBy({ kind }: Movement): boolean {
  return kind === 'release' || kind === 'repair_done';
}

function hasFailedBy({ kind, outcome }: Movement): boolean {
  return kind === 'inspection_result' && outcome === 'failed';
}

function sinceMended(past: readonly Movement[]): readonly Movement[] {
  return past.slice(past.findLastIndex(isMendedBy) + 1);
}

function eventIn(place: Place): EventId | null {
  return place.kind === 'event' ? place.id : null;
}

type Known = Movement & { readonly assetId: AssetId };

function isAboutSomething(movement: Movement): movement is Known {
  return movement.assetId !== null;
}

function countingFacts(movements: readonly Known[]): Known[] {
  const facts: Known[] = [];
  for (const movement of movements) {
    if (movement.kind === 'undo' || facts.some(({ id }) => id === movement.id)) continue;
    const isUndone = movements.some(
      (other) =>
        other.kind === 'undo' &&
        other.undoesOperationId === movement.operationId &&
        other.assetId === movement.assetId &&
        other.deviceId === movement.deviceId,
    );
    if (!isUndone) facts.push(movement);
  }
  return facts.sort((a, b) => {
    const left = [a.effectiveAt, a.deviceId, String(a.sequence).padStart(16, '0'), a.id].join(' ');
    const right = [b.effectiveAt, b.deviceId, String(b.sequence).padStart(16, '0'), b.id].join(' ');
    return left < right ? -1 : 1;
  });
}

function isSame(a: Place, b: Place): boolean {
  return `${a.kind} ${a.id}` === `${b.kind} ${b.id}`;
}

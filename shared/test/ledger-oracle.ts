import type { AssetId, ConflictId, MovementId } from '#kernel/ids.ts';
import type { AssetState, AssetStatus, Place } from '#ledger/asset-state.ts';
import type { Conflict, ConflictClass } from '#ledger/conflict.ts';
import type { AssetBase } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';

/**
 * The ledger's rules once more, slow and the other way round: nothing is carried along; every question ("where was
 * it before the k-th fact?") is answered by looking back through the history. Shares no code with the fold.
 */
export function ledgerOracle(bases: readonly AssetBase[], movements: readonly Movement[]) {
  const facts = countingFacts(movements);
  const remembered = new Map<string, { place: Place; by: MovementId | null }>();

  function placeBefore(assetId: AssetId, k: number): { place: Place; by: MovementId | null } | null {
    const key = `${assetId} ${k}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const answer = lookBack(assetId, k);
    if (answer !== null) remembered.set(key, answer);
    return answer;
  }

  function lookBack(assetId: AssetId, k: number): { place: Place; by: MovementId | null } | null {
    for (let i = k - 1; i >= 0; i--) {
      const fact = facts[i];
      if (fact?.assetId !== assetId || fact.to === null || circleAt(i) !== null) continue;
      const earlier = placeBefore(assetId, i);
      return earlier !== null && isSame(earlier.place, fact.to) ? earlier : { place: fact.to, by: fact.id };
    }
    const base = bases.find(({ id }) => id === assetId);
    return base === undefined ? null : { place: base.baseline, by: null };
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
    return sinceRelease(past).some(holdsBack) ? 'quarantined' : 'in_service';
  }

  function stateOf({ id, baseline }: AssetBase): AssetState {
    const own = facts.filter(({ assetId }) => assetId === id);
    return {
      place: placeBefore(id, facts.length)?.place ?? baseline,
      status: statusAt(id, facts.length),
      condition: sinceRelease(own).some(({ disposition }) => disposition === 'damaged') ? 'damaged' : 'ok',
      lastMovementId: own.at(-1)?.id ?? null,
      lastMovedAt: own.at(-1)?.effectiveAt ?? null,
    };
  }

  function conflictsAt(k: number): Conflict[] {
    const fact = facts[k];
    const before = fact && placeBefore(fact.assetId, k);
    if (fact === undefined || before === null || before === undefined || fact.to === null) return [];
    const later = facts.slice(k + 1).filter(({ assetId }) => assetId === fact.assetId);
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
        eventId: fact.to?.kind === 'event' ? fact.to.id : null,
        code: null,
        subject: null,
        detail: null,
        openedAt: fact.effectiveAt,
      };
    };
    const circle = circleAt(k);
    if (circle !== null) return [found('case_in_itself', circle.by, fact.to.id as AssetId)];
    const leaves = !isSame(before.place, fact.to);
    const unaware = fact.observed === null || !isSame(fact.observed.place, before.place);
    const past = facts.slice(0, k).filter(({ assetId }) => assetId === fact.assetId);
    const wasHeldBack = past.some(isFarewell) || sinceRelease(past).some(holdsBack);
    const conflicts: Conflict[] = [];
    if (fact.kind === 'check_out' && leaves && unaware && before.place.kind === 'event') {
      conflicts.push(found('double_check_out', before.by, null));
    }
    if (fact.kind === 'check_out' && leaves && wasHeldBack)
      conflicts.push(found('blocked_went_out', null, null));
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

function isFarewell({ kind, disposition }: Movement): boolean {
  return kind === 'retire' || disposition === 'consumed';
}

function holdsBack({ kind, disposition }: Movement): boolean {
  return kind === 'quarantine' || disposition === 'damaged';
}

function sinceRelease(past: readonly Movement[]): readonly Movement[] {
  return past.slice(past.findLastIndex(({ kind }) => kind === 'release') + 1);
}

function countingFacts(movements: readonly Movement[]): Movement[] {
  const facts: Movement[] = [];
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

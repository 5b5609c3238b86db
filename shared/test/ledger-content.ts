import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import type { SubjectState } from '#operations/subject-state.ts';
import type { MemoryLedger } from './memory-ledger.ts';

/** Every row and conflict of a ledger, in an order of their own: two ledgers with the same content are the same. */
export function contentOfLedger(ledger: MemoryLedger) {
  return {
    assets: [...ledger.assetsById.values()].toSorted(byId),
    movements: movementsOf(ledger).toSorted(byId),
    conflicts: assetConflictsOf(ledger).toSorted(byId),
    subjects: [...ledger.subjectsByKey]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, state]) => ({
        key,
        rows: [...state.rowsByTable]
          .flatMap(([id, rows]) => (rows.size === 0 ? [] : [{ id, rows: [...rows.values()].toSorted(byId) }]))
          .toSorted(byId),
        conflicts: state.conflicts.toSorted(byId),
      })),
  };
}

/** Those of which nobody knows what they are about among them. */
export function movementsOf(ledger: MemoryLedger): Movement[] {
  return [...ledger.waitingMovements.values(), ...[...ledger.movementsByAssetId.values()].flat()];
}

export function assetConflictsOf(ledger: MemoryLedger): Conflict[] {
  return [...ledger.conflictsByAssetId.values()].flat();
}

export function subjectsOf(ledger: MemoryLedger): SubjectState[] {
  return [...ledger.subjectsByKey.values()];
}

export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

import type { AssetId, OperationId } from '#kernel/ids.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import { type SubjectRow, type SubjectState, unknownSubject, withRows } from './subject-state.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** Brings the working set up to date, in place, so that the next operation of a batch meets what this one did. */
export function applyEffects(workingSet: WorkingSet, effects: Effects): void {
  for (const asset of effects.assets) workingSet.assetsById.set(asset.id, asset);
  for (const movement of effects.movements) putMovement(workingSet, movement);
  for (const { fromAssetId, movement } of effects.retargeted) {
    takeMovement(workingSet, fromAssetId, movement);
    putMovement(workingSet, movement);
  }
  if (effects.subjectRows.length > 0) putSubjectRows(workingSet, effects.subjectRows);
  for (const conflict of effects.vanishedConflicts) putConflict(workingSet, conflict, []);
  for (const conflict of effects.conflicts) putConflict(workingSet, conflict, [conflict]);
}

function putMovement(workingSet: WorkingSet, movement: Movement): void {
  const { id, assetId, operationId } = movement;
  if (assetId === null) {
    workingSet.waitingMovements.set(id, movement);
    return;
  }
  append(workingSet.movementsByAssetId, assetId, movement);
  append(workingSet.assetIdsByOperationId, operationId, assetId);
}

function takeMovement(workingSet: WorkingSet, fromAssetId: AssetId | null, { id }: Movement): void {
  const { movementsByAssetId, waitingMovements } = workingSet;
  if (fromAssetId === null) waitingMovements.delete(id);
  else {
    const others = (movementsByAssetId.get(fromAssetId) ?? []).filter((movement) => movement.id !== id);
    movementsByAssetId.set(fromAssetId, others);
  }
}

function putSubjectRows(workingSet: WorkingSet, rows: readonly SubjectRow[]): void {
  for (const [key, ofOne] of Map.groupBy(rows, ({ subject }) => subjectKey(subject))) {
    const before = workingSet.subjectsByKey.get(key) ?? unknownSubject;
    workingSet.subjectsByKey.set(key, withRows(before, ofOne));
    for (const { subject, table, row } of ofOne) {
      if (table !== subjectLedgers[subject.ledger].facts) continue;
      const operationId = (row as FactRow).operation_id as OperationId | null | undefined;
      if (operationId) append(workingSet.subjectsByOperationId, operationId, subject);
    }
  }
}

function append<Key, Value>(valuesByKey: Map<Key, readonly Value[]>, key: Key, value: Value): void {
  valuesByKey.set(key, [...(valuesByKey.get(key) ?? []), value]);
}

function putConflict(workingSet: WorkingSet, conflict: Conflict, successor: readonly Conflict[]): void {
  const { id, assetId, subject } = conflict;
  if (subject !== null) putSubjectConflict(workingSet, subject, conflict, successor);
  if (subject !== null || assetId === null) return;
  const others = (workingSet.conflictsByAssetId.get(assetId) ?? []).filter((other) => other.id !== id);
  workingSet.conflictsByAssetId.set(assetId, [...others, ...successor]);
}

function putSubjectConflict(
  { subjectsByKey }: WorkingSet,
  key: string,
  { id }: Conflict,
  successor: readonly Conflict[],
): void {
  const before: SubjectState = subjectsByKey.get(key) ?? unknownSubject;
  const conflicts = [...before.conflicts.filter((other) => other.id !== id), ...successor];
  subjectsByKey.set(key, { ...before, conflicts });
}

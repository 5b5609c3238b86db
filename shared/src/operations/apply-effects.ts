import type { AssetId, OperationId } from '#kernel/ids.ts';
import type { Conflict } from '#ledger/conflict.ts';
import { subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import { type SubjectRow, type SubjectState, unknownSubject, withRows } from './subject-state.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** Brings the working set up to date, in place, so that the next operation of a batch meets what this one did. */
export function applyEffects(workingSet: WorkingSet, effects: Effects): void {
  for (const asset of effects.assets) workingSet.assetsById.set(asset.id, asset);
  for (const movement of effects.movements) {
    append(workingSet.movementsByAssetId, movement.assetId, movement);
    append(workingSet.assetIdsByOperationId, movement.operationId, movement.assetId);
  }
  if (effects.subjectRows.length > 0) putSubjectRows(workingSet, effects.subjectRows);
  for (const conflict of effects.vanishedConflicts) putConflict(workingSet, conflict, []);
  for (const conflict of effects.conflicts) putConflict(workingSet, conflict, [conflict]);
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
  const { id, assetId, operationId, subject } = conflict;
  const replaceIn = <Key extends AssetId | OperationId>(
    conflictsByKey: Map<Key, readonly Conflict[]>,
    key: Key,
  ) => {
    const others = (conflictsByKey.get(key) ?? []).filter((other) => other.id !== id);
    conflictsByKey.set(key, [...others, ...successor]);
  };
  if (subject !== null) putSubjectConflict(workingSet, subject, conflict, successor);
  else if (assetId !== null) replaceIn(workingSet.conflictsByAssetId, assetId);
  else if (operationId !== null) replaceIn(workingSet.unknownCodesByOperationId, operationId);
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

import type { AssetId, OperationId } from '#kernel/ids.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** Brings the working set up to date, in place, so that the next operation of a batch meets what this one did. */
export function applyEffects(workingSet: WorkingSet, effects: Effects): void {
  for (const asset of effects.assets) workingSet.assetsById.set(asset.id, asset);
  for (const movement of effects.movements) {
    append(workingSet.movementsByAssetId, movement.assetId, movement);
    append(workingSet.assetIdsByOperationId, movement.operationId, movement.assetId);
  }
  for (const conflict of effects.vanishedConflicts) putConflict(workingSet, conflict, []);
  for (const conflict of effects.conflicts) putConflict(workingSet, conflict, [conflict]);
}

function append<Key, Value>(valuesByKey: Map<Key, readonly Value[]>, key: Key, value: Value): void {
  valuesByKey.set(key, [...(valuesByKey.get(key) ?? []), value]);
}

function putConflict(workingSet: WorkingSet, conflict: Conflict, successor: readonly Conflict[]): void {
  const { id, assetId, operationId } = conflict;
  const replaceIn = <Key extends AssetId | OperationId>(
    conflictsByKey: Map<Key, readonly Conflict[]>,
    key: Key,
  ) => {
    const others = (conflictsByKey.get(key) ?? []).filter((other) => other.id !== id);
    conflictsByKey.set(key, [...others, ...successor]);
  };
  if (assetId !== null) replaceIn(workingSet.conflictsByAssetId, assetId);
  else if (operationId !== null) replaceIn(workingSet.unknownCodesByOperationId, operationId);
}

import type { AssetId, ConflictId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { AssetState } from '#ledger/asset-state.ts';
import { sameConflict } from '#ledger/conflict.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';
import { samePlace } from '#ledger/same-place.ts';
import { type HistoryOf, withCasesAround } from './cases-around.ts';
import { type Effects, noEffects, type WorkingSet } from './working-set.ts';

/**
 * [OP6] What the rows become when these movements join the history: folds the touched assets anew and keeps what
 * differs. A movement that is there already is not added again.
 */
export function effectsOfMovements(workingSet: WorkingSet, movements: readonly Movement[]): Effects {
  const added = movements.filter((movement) => !isKnown(workingSet, movement));
  const addedByAssetId = Map.groupBy(added, ({ assetId }) => assetId);
  const historyOf: HistoryOf = (id) => [
    ...(workingSet.movementsByAssetId.get(id) ?? []),
    ...(addedByAssetId.get(id) ?? []),
  ];
  const touched = withCasesAround(workingSet, historyOf, new Set(movements.map(({ assetId }) => assetId)));
  const assets = touched.map((id) => assetOf(workingSet, id));
  const fold = foldAssets(assets, touched.flatMap(historyOf));
  const conflictsBefore = touched.flatMap((id) => workingSet.conflictsByAssetId.get(id) ?? []);
  const beforeById = new Map(conflictsBefore.map((conflict) => [conflict.id, conflict]));
  const afterIds = new Set<ConflictId>(fold.conflicts.map(({ id }) => id));
  return {
    ...noEffects,
    assets: assets.flatMap((asset) => changedAsset(asset, fold.statesById.get(asset.id))),
    movements: added,
    conflicts: fold.conflicts.filter((conflict) => !sameConflict(conflict, beforeById.get(conflict.id))),
    vanishedConflicts: conflictsBefore.filter(({ id }) => !afterIds.has(id)),
  };
}

function isKnown(workingSet: WorkingSet, { assetId, id }: Movement): boolean {
  return (workingSet.movementsByAssetId.get(assetId) ?? []).some((known) => known.id === id);
}

function assetOf(workingSet: WorkingSet, id: AssetId): Asset {
  const asset = workingSet.assetsById.get(id);
  if (asset === undefined) throw new Error(`asset ${id} was not loaded`);
  return asset;
}

function changedAsset(asset: Asset, state: AssetState | undefined): Asset[] {
  if (state === undefined || sameState(asset.state, state)) return [];
  return [{ ...asset, state }];
}

function sameState(a: AssetState, b: AssetState): boolean {
  return isAsBefore(a, b) && a.lastMovementId === b.lastMovementId && a.lastMovedAt === b.lastMovedAt;
}

/** True where nothing that people see of the asset differs but when it was last heard of. */
export function isAsBefore(a: AssetState, b: AssetState): boolean {
  return (
    samePlace(a.place, b.place) &&
    a.eventId === b.eventId &&
    a.status === b.status &&
    a.condition === b.condition &&
    a.inspectionDueAt === b.inspectionDueAt &&
    a.sealedBy === b.sealedBy
  );
}

import type { AssetId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { AssetState } from '#ledger/asset-state.ts';
import { type Conflict, sameConflict } from '#ledger/conflict.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import { isInPart } from '#ledger/kept-standing.ts';
import type { Movement } from '#ledger/movement.ts';
import { samePlace } from '#ledger/same-place.ts';
import { type HistoryOf, withCasesAround } from './cases-around.ts';
import { type Effects, noEffects, type Retargeted, type WorkingSet } from './working-set.ts';

/**
 * [OP6] What the rows become when these movements join the history, and others turn out to be about another asset:
 * folds the touched assets anew and keeps what differs. A movement that is there already is not added again.
 */
export function effectsOfMovements(
  workingSet: WorkingSet,
  movements: readonly Movement[],
  retargeted: readonly Retargeted[] = [],
): Effects {
  const added = movements.filter((movement) => !isKnown(workingSet, movement));
  const changedIds = new Set(retargeted.map(({ movement }) => movement.id));
  const changedByAssetId = Map.groupBy(
    [...added, ...retargeted.map(({ movement }) => movement)],
    ({ assetId }) => assetId,
  );
  const historyOf: HistoryOf = (id) => [
    ...(workingSet.movementsByAssetId.get(id) ?? []).filter((movement) => !changedIds.has(movement.id)),
    ...(changedByAssetId.get(id) ?? []),
  ];
  const touchedIds = [
    ...movements.map(({ assetId }) => assetId),
    ...retargeted.flatMap(({ fromAssetId, movement }) => [fromAssetId, movement.assetId]),
  ].filter((id) => id !== null);
  // With what was taken away too: a case that was around it until now may lie otherwise without it.
  const everOf: HistoryOf = (id) => [...(workingSet.movementsByAssetId.get(id) ?? []), ...historyOf(id)];
  const touched = withCasesAround(workingSet, everOf, new Set(touchedIds));
  const assets = touched.map((id) => assetOf(workingSet, id));
  const fold = foldAssets(assets, touched.flatMap(historyOf), workingSet.partsByAssetId);
  const conflictsBefore = touched.flatMap((id) => conflictsAtHand(workingSet, id));
  const beforeById = new Map(conflictsBefore.map((conflict) => [conflict.id, conflict]));
  const assetIdsAfter = new Map(fold.conflicts.map(({ id, assetId }) => [id, assetId]));
  return {
    ...noEffects,
    assets: assets.flatMap((asset) => changedAsset(asset, fold.statesById.get(asset.id))),
    movements: added,
    retargeted,
    conflicts: fold.conflicts.filter((conflict) => !sameConflict(conflict, beforeById.get(conflict.id))),
    vanishedConflicts: conflictsBefore.filter(({ id, assetId }) => assetIdsAfter.get(id) !== assetId),
    cutShortIds: [...fold.cutShortIds, ...outsideParts(workingSet, movements, retargeted)],
  };
}

/** [LG27] Assets of which this is about another part of the history than the one at hand. */
function outsideParts(
  { partsByAssetId, movementsByAssetId }: WorkingSet,
  movements: readonly Movement[],
  retargeted: readonly Retargeted[],
): AssetId[] {
  if (partsByAssetId.size === 0) return [];
  const isOutside = ({ assetId, effectiveAt, undoesOperationId }: Movement) => {
    const part = assetId === null ? undefined : partsByAssetId.get(assetId);
    if (assetId === null || part === undefined) return false;
    if (undoesOperationId === null) return !isInPart(effectiveAt, part);
    const known = movementsByAssetId.get(assetId) ?? [];
    return !known.some(
      (other) => other.operationId === undoesOperationId && other.undoesOperationId === null,
    );
  };
  return [
    ...movements.filter(isOutside).map(({ assetId }) => assetId),
    // A movement that goes from one asset to another may be of any time.
    ...retargeted.flatMap(({ fromAssetId, movement }) => [fromAssetId, movement.assetId]),
  ].filter((id) => id !== null && partsByAssetId.has(id)) as AssetId[];
}

/** [LG27] The conflicts about an asset that the part of its history at hand decides on. */
function conflictsAtHand(workingSet: WorkingSet, id: AssetId): readonly Conflict[] {
  const known = workingSet.conflictsByAssetId.get(id) ?? [];
  const part = workingSet.partsByAssetId.get(id);
  if (part === undefined) return known;
  const movementIds = new Set((workingSet.movementsByAssetId.get(id) ?? []).map((movement) => movement.id));
  const openBefore = new Set(part.from?.open.map((conflict) => conflict.id));
  const openAfter = new Set(part.until?.open.map((conflict) => conflict.id));
  return known.filter(
    (conflict) =>
      !openAfter.has(conflict.id) &&
      (openBefore.has(conflict.id) ||
        (conflict.secondMovementId !== null && movementIds.has(conflict.secondMovementId))),
  );
}

function isKnown(workingSet: WorkingSet, { assetId, id }: Movement): boolean {
  if (assetId === null) return workingSet.waitingMovements.has(id);
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

import type { AssetId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Movement } from '#ledger/movement.ts';
import type { WorkingSet } from './working-set.ts';

/** All movements of an asset, those that are just being added among them. */
export type HistoryOf = (assetId: AssetId) => readonly Movement[];

/**
 * [OP6] The assets that must be folded together with these: for cases, all cases linked to them by a movement or
 * a baseline into one another, however far; for anything else only itself, since nothing can lie inside it.
 */
export function linkedCases(
  workingSet: WorkingSet,
  historyOf: HistoryOf,
  assetIds: ReadonlySet<AssetId>,
): AssetId[] {
  const group = new Set(assetIds);
  if (![...group].some((id) => workingSet.assetsById.get(id)?.isCase)) return [...group];
  const neighboursById = caseNeighbours(workingSet, historyOf);
  // A Set hands out what is added while it is walked.
  for (const id of group) {
    for (const neighbour of neighboursById.get(id) ?? []) group.add(neighbour);
  }
  return [...group];
}

/** The cases that this asset was ever put into, by its baseline or by a movement, whether undone or not. */
export function casesEverAround(asset: Asset, movements: readonly Movement[]): ReadonlySet<AssetId> {
  const around = new Set<AssetId>();
  if (asset.baseline.kind === 'case') around.add(asset.baseline.id);
  for (const { to } of movements) if (to?.kind === 'case') around.add(to.id);
  return around;
}

function caseNeighbours(workingSet: WorkingSet, historyOf: HistoryOf): Map<AssetId, AssetId[]> {
  const neighboursById = new Map<AssetId, AssetId[]>();
  const link = (a: AssetId, b: AssetId) => {
    const neighbours = neighboursById.get(a);
    if (neighbours === undefined) neighboursById.set(a, [b]);
    else neighbours.push(b);
  };
  for (const asset of workingSet.assetsById.values()) {
    if (!asset.isCase) continue;
    for (const around of casesEverAround(asset, historyOf(asset.id))) {
      if (!workingSet.assetsById.has(around)) continue;
      link(asset.id, around);
      link(around, asset.id);
    }
  }
  return neighboursById;
}

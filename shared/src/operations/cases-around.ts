import type { AssetId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Movement } from '#ledger/movement.ts';
import type { WorkingSet } from './working-set.ts';

/** All movements of an asset, those that are just being added among them. */
export type HistoryOf = (assetId: AssetId) => readonly Movement[];

/**
 * [OP6] These assets and, for those that are cases, every case they were ever put into, and so on outwards. A case
 * can only bear on another through a circle, and whoever is on a circle with it is ever around it: so such a set
 * folds as exactly as the whole stock would.
 */
export function withCasesAround(
  workingSet: WorkingSet,
  historyOf: HistoryOf,
  assetIds: ReadonlySet<AssetId>,
): AssetId[] {
  const group = new Set(assetIds);
  // A Set hands out what is added while it is walked.
  for (const id of group) {
    const asset = workingSet.assetsById.get(id);
    if (asset === undefined || !asset.isCase) continue;
    for (const around of casesEverAround(asset, historyOf(id))) {
      if (workingSet.assetsById.has(around)) group.add(around);
    }
  }
  return [...group];
}

/** The cases that this asset was ever put into, by its baseline or by a movement, whether undone or not. */
export function casesEverAround(
  asset: Pick<Asset, 'baseline'>,
  movements: readonly Movement[],
): ReadonlySet<AssetId> {
  const around = new Set<AssetId>();
  if (asset.baseline.kind === 'case') around.add(asset.baseline.id);
  for (const { to } of movements) if (to?.kind === 'case') around.add(to.id);
  return around;
}

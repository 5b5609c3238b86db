import { distinct } from '@eventkit/shared/kernel/distinct.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { HistoryPart } from '@eventkit/shared/ledger/kept-standing.ts';
import { standingsAlong } from '@eventkit/shared/ledger/standings-along.ts';
import type { StandingChanges } from './asset-standings.ts';
import type { LoadedHistories } from './batch-store.ts';
import type { DecidedOperation } from './decided-operation.ts';

/** About what a device of a warehouse loads in a millisecond; ten years of a busy thing have fifty standings. */
export const FACTS_BETWEEN_STANDINGS = 200;

const whole: HistoryPart = { from: null, until: null };

/**
 * [LG27] What becomes of the kept standings of the assets that a batch moved: where their histories were not loaded as a
 * whole, what is kept of an asset lies around the part of it that was. Made anew after about `every` facts.
 */
export function planStandings(
  { workingSet, areWhole }: LoadedHistories,
  decided: readonly DecidedOperation[],
  every: number,
): StandingChanges {
  const { assetsById, movementsByAssetId, partsByAssetId } = workingSet;
  const moved = movedBy(decided).filter((id) => assetsById.get(id)?.isCase === false);
  const folded = moved.flatMap((assetId) => {
    const part = areWhole ? whole : partsByAssetId.get(assetId);
    return part === undefined ? [] : [{ assetId, part }];
  });
  const kept = moved.flatMap((id) => {
    const asset = assetsById.get(id);
    const movements = movementsByAssetId.get(id) ?? [];
    const part = partsByAssetId.get(id) ?? whole;
    const isLong = movements.length >= 2 * every && part.until === null;
    return isLong && asset !== undefined ? standingsAlong(asset, movements, part, every) : [];
  });
  return { folded, kept };
}

/** The assets of which a fact came, went, or turned out to be about another. */
function movedBy(decided: readonly DecidedOperation[]): readonly AssetId[] {
  const ids = decided.flatMap(({ decision: { effects } }) => [
    ...effects.movements.map(({ assetId }) => assetId),
    ...effects.retargeted.flatMap(({ fromAssetId, movement }) => [fromAssetId, movement.assetId]),
  ]);
  return distinct(ids.filter((id) => id !== null));
}

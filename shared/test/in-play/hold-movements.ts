import { deepStrictEqual } from 'node:assert/strict';
import type { AssetId } from '#kernel/ids.ts';
import type { AssetState } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Conflict } from '#ledger/conflict.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';
import { standingsAlong } from '#ledger/standings-along.ts';
import { itemIds } from '#test/arbitrary-ledger.ts';
import { ledgerOracle } from '#test/ledger-oracle.ts';
import { seededRandom } from '#test/seeded-random.ts';

/**
 * Holds a set of movements against itself in another order, with repetitions, handed over in parts, and against the slow
 * oracle: rows and conflicts are the same.
 */
export function holdMovements(
  bases: readonly AssetBase[],
  movements: readonly Movement[],
  chance: number,
): void {
  const random = seededRandom(chance);
  const expected = contentOf(foldAssets(bases, movements));
  const shuffled = movements
    .map((movement) => ({ movement, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ movement }) => movement);
  const repeated = [...shuffled, ...movements.filter(() => random() < 0.5)];
  deepStrictEqual(contentOf(foldAssets(bases, repeated)), expected);
  deepStrictEqual(contentOf(foldAssets(bases.toReversed(), inParts(shuffled, random))), expected);
  deepStrictEqual(contentOf(ledgerOracle(bases, movements)), expected);
  for (const base of bases) if (itemIds.includes(base.id)) holdAgainstParts(base, shuffled);
}

/** From each standing that may be kept, the fold comes to the next one, and from the last one to the present. */
function holdAgainstParts(base: AssetBase, movements: readonly Movement[]): void {
  const own = movements.filter(({ assetId }) => assetId === base.id);
  const fold = foldAssets([base], own);
  const kept = standingsAlong(base, own, { from: null, until: null }, 1);
  const conflicts = [null, ...kept].flatMap((from, index) => {
    const part = foldAssets([base], own, new Map([[base.id, { from, until: kept[index] ?? null }]]));
    deepStrictEqual(part.cutShortIds, []);
    if (index === kept.length) deepStrictEqual(part.statesById, fold.statesById);
    return part.conflicts;
  });
  const byId = (a: Conflict, b: Conflict) => (a.id < b.id ? -1 : 1);
  deepStrictEqual(conflicts.sort(byId), fold.conflicts.toSorted(byId));
}

/** As batches arrive: each with something of the one before once more. */
function* inParts(movements: readonly Movement[], random: () => number): Iterable<Movement> {
  for (let from = 0; from < movements.length; ) {
    const to = from + 1 + Math.floor(random() * 5);
    yield* movements.slice(Math.max(0, from - 1), to);
    from = to;
  }
}

function contentOf(fold: {
  readonly statesById: ReadonlyMap<AssetId, AssetState>;
  readonly conflicts: readonly Conflict[];
}) {
  return {
    statesById: fold.statesById,
    conflicts: fold.conflicts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

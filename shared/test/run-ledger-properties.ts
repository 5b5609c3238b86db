import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { AssetId } from '#kernel/ids.ts';
import type { AssetState } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Conflict } from '#ledger/conflict.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';
import { standingsAlong } from '#ledger/standings-along.ts';
import { arbitraryBases, arbitraryMovements, itemIds } from './arbitrary-ledger.ts';
import { ledgerOracle } from './ledger-oracle.ts';
import { classifiedRules, rulesInPlay } from './rules-in-play.ts';

export type PropertyReport = {
  readonly sets: number;
  /** In how many sets each rule was in play. */
  readonly countByRule: Readonly<Record<string, number>>;
};

/** A rule that random sets never bring into play is a fault of the sets. */
const MOST_ROUNDS = 1_000;

/**
 * Draws sets of movements until every rule of the ledger was in play in so many of them, and holds each set against
 * itself in another order, with repetitions, handed over in parts, and against the slow oracle: rows and conflicts are
 * the same. Throws with the smallest set that it can find where they are not.
 */
export function runLedgerProperties(options: {
  readonly wanted: number;
  readonly seed: number;
  readonly setsAtOnce: number;
  readonly onRound?: (report: PropertyReport) => void;
}): PropertyReport {
  const countByRule: Record<string, number> = Object.fromEntries(classifiedRules.map((rule) => [rule, 0]));
  let sets = 0;
  for (let round = 0; Object.values(countByRule).some((count) => count < options.wanted); round += 1) {
    if (round === MOST_ROUNDS)
      throw new Error(`some rule is hardly ever in play: ${JSON.stringify(countByRule)}`);
    fc.assert(
      fc.property(arbitraryBases, arbitraryMovements, fc.integer(), (bases, movements, chance) => {
        holdAgainstItself(bases, movements, chance);
        sets += 1;
        for (const rule of rulesInPlay(bases, movements)) countByRule[rule] = (countByRule[rule] ?? 0) + 1;
      }),
      { seed: options.seed + round, numRuns: options.setsAtOnce },
    );
    options.onRound?.({ sets, countByRule });
  }
  return { sets, countByRule };
}

function holdAgainstItself(
  bases: readonly AssetBase[],
  movements: readonly Movement[],
  chance: number,
): void {
  const random = mulberry32(chance);
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

/** A small seeded generator (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

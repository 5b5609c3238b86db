import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId } from '#kernel/ids.ts';
import { arbitraryBases, arbitraryMovements, caseIds } from '#test/arbitrary-ledger.ts';
import { ledgerOracle } from '#test/ledger-oracle.ts';
import { runs } from '#test/property-runs.ts';
import type { AssetBase } from './asset-track.ts';
import type { Conflict } from './conflict.ts';
import { foldAssets, type LedgerFold } from './fold-assets.ts';
import type { Movement } from './movement.ts';

describe('foldAssets, whatever happened', () => {
  it('[LG15] says what the slow oracle says, and meets every conflict on the way', () => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryBases, arbitraryMovements, (bases, movements) => {
        const fold = foldAssets(bases, movements);
        const oracle = ledgerOracle(bases, movements);
        expect(fold.statesById).toEqual(oracle.statesById);
        expect(byId(fold.conflicts)).toEqual(byId(oracle.conflicts));
        for (const { class: name, status } of fold.conflicts) {
          met.set(`${name} ${status}`, (met.get(`${name} ${status}`) ?? 0) + 1);
        }
      }),
      runs(2_000),
    );
    for (const name of ['double_check_out', 'two_cases', 'blocked_went_out', 'case_in_itself']) {
      expect(met.get(`${name} open`), `${name} open`).toBeGreaterThan(50);
      expect(met.get(`${name} settled`), `${name} settled`).toBeGreaterThan(50);
    }
  });

  it('[LG15] [LG2] does not depend on the order or the repetition of the movements', () => {
    const shuffled = arbitraryMovements.chain((movements) =>
      fc.tuple(
        fc.constant(movements),
        fc.shuffledSubarray([...movements], { minLength: movements.length, maxLength: movements.length }),
        fc.subarray([...movements]),
      ),
    );
    fc.assert(
      fc.property(arbitraryBases, shuffled, (bases, [movements, others, repeated]) => {
        expectSame(foldAssets(bases, [...others, ...repeated]), foldAssets(bases, movements));
      }),
      runs(1_000),
    );
  });

  it('[LG15] folds any asset with the cases ever around it as well as among all others', () => {
    fc.assert(
      fc.property(arbitraryBases, arbitraryMovements, (bases, movements) => {
        const together = foldAssets(bases, movements);
        const parts = bases.map((base) => {
          const fold = foldAssets(outwardsFrom(base, bases, movements), movements);
          return { state: fold.statesById.get(base.id), conflicts: conflictsOf(fold, base.id) };
        });
        expect(parts).toEqual(
          bases.map(({ id }) => ({
            state: together.statesById.get(id),
            conflicts: conflictsOf(together, id),
          })),
        );
      }),
      runs(1_000),
    );
  });
});

/** An asset alone or, where it is a case, with every case that it was ever put into, and so on. */
function outwardsFrom(
  base: AssetBase,
  bases: readonly AssetBase[],
  movements: readonly Movement[],
): AssetBase[] {
  const group = new Set([base]);
  for (const { id, baseline } of group) {
    if (!caseIds.includes(id)) continue;
    const own = movements.filter(({ assetId }) => assetId === id);
    for (const place of [baseline, ...own.map(({ to }) => to)]) {
      const around = bases.find((other) => place?.kind === 'case' && other.id === place.id);
      if (around !== undefined) group.add(around);
    }
  }
  return [...group];
}

function conflictsOf(fold: LedgerFold, assetId: AssetId): Conflict[] {
  return byId(fold.conflicts.filter((conflict) => conflict.assetId === assetId));
}

function expectSame(a: LedgerFold, b: LedgerFold): void {
  expect(a.statesById).toEqual(b.statesById);
  expect(byId(a.conflicts)).toEqual(byId(b.conflicts));
}

function byId(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryBases, arbitraryMovements, caseIds, itemIds } from '#test/arbitrary-ledger.ts';
import { ledgerOracle } from '#test/ledger-oracle.ts';
import { runs } from '#test/property-runs.ts';
import type { Conflict } from './conflict.ts';
import { foldAssets, type LedgerFold } from './fold-assets.ts';

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

  it('[LG15] folds an asset that is no case alone as well as among others', () => {
    fc.assert(
      fc.property(arbitraryBases, arbitraryMovements, (bases, movements) => {
        const together = foldAssets(bases, movements);
        const cases = bases.filter(({ id }) => caseIds.includes(id));
        const items = bases.filter(({ id }) => itemIds.includes(id));
        const parts = [cases, ...items.map((item) => [item])].map((group) => foldAssets(group, movements));
        expectSame(
          {
            statesById: new Map(parts.flatMap(({ statesById }) => [...statesById])),
            conflicts: parts.flatMap(({ conflicts }) => conflicts),
          },
          together,
        );
      }),
      runs(1_000),
    );
  });
});

function expectSame(a: LedgerFold, b: LedgerFold): void {
  expect(a.statesById).toEqual(b.statesById);
  expect(byId(a.conflicts)).toEqual(byId(b.conflicts));
}

function byId(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

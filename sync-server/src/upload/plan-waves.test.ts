import type { OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import type { Conflict } from '@eventkit/shared/ledger/conflict.ts';
import type { Effects } from '@eventkit/shared/operations/working-set.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cause, type Change, planWaves, type Wave } from './plan-waves.ts';

const arbitraryRows = fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 3 });
const arbitraryBatch = fc.array(
  fc.record({ assets: arbitraryRows, conflicts: arbitraryRows, vanished: arbitraryRows }),
  { maxLength: 12 },
);

describe('planWaves', () => {
  test('[UP14] no wave changes a row twice, and the changes of a row keep their order', () => {
    fc.assert(
      fc.property(arbitraryBatch, (batch) => {
        const decided = batch.map(({ assets, conflicts, vanished }, index) => ({
          cause: { operationId: `${index}` as OperationId, recordedBy: 'eva' as UserId },
          effects: effectsOf(
            assets,
            conflicts,
            vanished.filter((id) => !conflicts.includes(id)),
          ),
        }));
        const waves = planWaves(decided);
        for (const wave of waves) {
          const ids = changesOf(wave).map(({ row }) => row.id);
          expect(ids).toEqual([...new Set(ids)]);
        }
        expect(historyOf(waves.flatMap(changesOf))).toEqual(
          historyOf(decided.flatMap(({ cause, effects }) => changesIn(cause, effects))),
        );
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  test('[UP14] a conflict that is about another asset now is changed, and not removed and made anew', () => {
    const effects = effectsOf([], [3], [3]);
    const cause = { operationId: 'relabels' as OperationId, recordedBy: 'eva' as UserId };
    const waves = planWaves([{ cause, effects }]);
    expect(waves).toMatchObject([
      { conflicts: [{ row: { id: 'conflict 3' }, cause }], vanishedConflicts: [] },
    ]);
  });

  test('operations on different rows go in one wave', () => {
    const decided = [0, 1, 2].map((id) => ({
      cause: { operationId: `${id}` as OperationId, recordedBy: 'eva' as UserId },
      effects: effectsOf([id], [], []),
    }));
    expect(planWaves(decided)).toHaveLength(1);
  });
});

function effectsOf(assets: number[], conflicts: number[], vanished: number[]): Effects {
  const conflictOf = (id: number) => ({ id: `conflict ${id}` }) as unknown as Conflict;
  return {
    assets: assets.map((id) => ({ id: `asset ${id}` }) as unknown as Asset),
    movements: [],
    retargeted: [],
    conflicts: conflicts.map(conflictOf),
    vanishedConflicts: vanished.map(conflictOf),
    subjectRows: [],
    cutShortIds: [],
  };
}

type AnyChange = Change<{ readonly id: string }>;

function changesOf({ assets, conflicts, vanishedConflicts }: Wave): AnyChange[] {
  return [...assets, ...conflicts, ...vanishedConflicts];
}

function changesIn(cause: Cause, { assets, conflicts, vanishedConflicts }: Effects): AnyChange[] {
  return [...assets, ...conflicts, ...vanishedConflicts].map((row) => ({ row, cause }));
}

/** For each row the operations that changed it, in order. */
function historyOf(changes: readonly AnyChange[]): Record<string, string[]> {
  const byRow = Map.groupBy(changes, ({ row }) => row.id);
  return Object.fromEntries(
    [...byRow].map(([rowId, ofRow]) => [rowId, ofRow.map(({ cause }) => cause.operationId)]),
  );
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CurrentOp, planOps, type RowCopy } from './plan-ops.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const numRuns = 300 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

const copies = fc.uniqueArray(
  fc.record({
    bucket: fc.constantFrom('a', 'b', 'c'),
    rowId: fc.constantFrom('1', '2'),
    data: fc.constantFrom('x', 'y'),
  }),
  { selector: (copy) => `${copy.bucket}/${copy.rowId}`, maxLength: 4 },
);
const history = fc.array(
  fc.uniqueArray(fc.tuple(fc.constantFrom('k1', 'k2', 'k3'), copies), { selector: ([key]) => key }),
  { maxLength: 8 },
);

test('whatever happened before, every bucket ends with exactly the copies asked for, and ids grow without gaps', () => {
  let removals = 0;
  fc.assert(
    fc.property(history, (batches) => {
      const current = new Map<string, CurrentOp[]>();
      const wanted = new Map<string, readonly RowCopy[]>();
      let lastOpId = 0;
      for (const batch of batches) {
        const rows = batch.map(([key, row]) => ({ table: 't', key, copies: row }));
        const currentOf = () => batch.map(([key]) => current.get(key) ?? []);
        const planned = planOps(rows, currentOf(), lastOpId);
        expect(planned.map((op) => op.opId)).toEqual(planned.map((_, index) => lastOpId + index + 1));
        lastOpId += planned.length;
        for (const op of planned) {
          const ops = current.get(op.key) ?? [];
          if (op.supersedes !== null) expect(ops.some((one) => one.opId === op.supersedes)).toBe(true);
          current.set(op.key, [...ops.filter((one) => one.opId !== op.supersedes), op]);
          if (op.data === null) removals += 1;
        }
        for (const [key, row] of batch) wanted.set(key, row);
        for (const [key, row] of wanted) {
          const live = (current.get(key) ?? []).filter((op) => op.data !== null);
          const shown = live.map(({ bucket, rowId, data }) => JSON.stringify({ bucket, rowId, data }));
          expect(shown.toSorted()).toEqual(row.map((copy) => JSON.stringify(copy)).toSorted());
        }
        const again = planOps(rows, currentOf(), lastOpId);
        expect(again).toEqual([]);
      }
    }),
    { seed, numRuns },
  );
  expect(removals).toBeGreaterThan(numRuns / 10);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countMissing, NOTHING_SEEN, recordSequences, type SeenSequences } from './record-sequences.ts';

describe('recordSequences', () => {
  test('[UP12] numbers without a hole leave no gap', () => {
    expect(recordSequences(NOTHING_SEEN, [1, 2, 3])).toEqual({ lastSequence: 3, gaps: [] });
  });

  test('[UP12] a jump is a gap, and the late numbers close it from both ends', () => {
    const jumped = recordSequences(NOTHING_SEEN, [1, 6]);
    expect(jumped).toEqual({ lastSequence: 6, gaps: [[2, 5]] });
    expect(recordSequences(jumped, [2, 4]).gaps).toEqual([
      [3, 3],
      [5, 5],
    ]);
    expect(recordSequences(jumped, [5, 3, 4, 2]).gaps).toEqual([]);
  });

  test('[UP12] [UP20] any arrival in any grouping names exactly the missing numbers', () => {
    const arrivals = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), { maxLength: 8 });
    fc.assert(
      fc.property(arrivals, (batches) => {
        const seen = batches.reduce(recordSequences, NOTHING_SEEN);
        expect(missingOf(seen)).toEqual(missingOracle(batches.flat()));
        expect(countMissing(seen, 50)).toBe(50 - new Set(batches.flat()).size);
        expect(countMissing(seen, 0)).toBe(missingOracle(batches.flat()).length);
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});

function missingOf(seen: SeenSequences): number[] {
  return seen.gaps.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

function missingOracle(arrived: readonly number[]): number[] {
  const last = Math.max(0, ...arrived);
  return Array.from({ length: last }, (_, i) => i + 1).filter((n) => !arrived.includes(n));
}

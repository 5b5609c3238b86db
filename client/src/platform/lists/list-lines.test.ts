import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutLines } from './list-lines.ts';

describe('the lines of a list', () => {
  it('hold every row once, in order, below the head of its group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (counts, across, isGrouped) => {
          const rowCount = counts.reduce((sum, count) => sum + count, 0);
          const groups = counts.map((count, index) => ({ value: `g${index}`, count }));
          const lines = layOutLines(rowCount, isGrouped ? groups : null, across);
          const seen: number[] = [];
          const heads: number[] = [];
          for (let line = 0; line < lines.count; line += 1) {
            const here = lines.at(line);
            if (here.kind === 'head') heads.push(here.count);
            else {
              expect(here.to - here.from).toBeLessThanOrEqual(across);
              for (let row = here.from; row < here.to; row += 1) {
                seen.push(row);
                expect(lines.lineOf(row)).toBe(line);
              }
            }
          }
          expect(seen).toEqual(Array.from({ length: rowCount }, (_, row) => row));
          expect(heads).toEqual(isGrouped ? counts : []);
        },
      ),
      runs(300),
    );
  });
});

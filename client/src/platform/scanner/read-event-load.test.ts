import type { ProductId, PullListLineId } from '@eventkit/shared/kernel/ids.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyLoad, tallyProduct } from './read-event-load.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);

function line(number: number, product: string, wantedCount: number) {
  return {
    lineId: `line-${number}` as PullListLineId,
    productId: product as ProductId,
    productName: product,
    isLoose: 0,
    wantedCount,
  };
}

describe('the load of an event', () => {
  it('fills the lines of one product in their order and keeps the rest on the last', () => {
    const load = tallyLoad([line(1, 'a', 2), line(2, 'b', 1), line(3, 'a', 1)], [
      'a',
      'a',
      'a',
      'a',
    ] as ProductId[]);
    expect(load.lines.map(({ outCount }) => outCount)).toEqual([2, 0, 2]);
    expect(load).toMatchObject({ wantedCount: 4, outCount: 3 });
    expect(tallyProduct(load, 'a' as ProductId)).toEqual({ wantedCount: 3, outCount: 4 });
    expect(tallyProduct(load, 'c' as ProductId)).toBeNull();
  });

  it('[PL8] counts what stands in for the line that it fills, before what the line asks for', () => {
    const lines = [line(1, 'a', 2), line(2, 'b', 1), line(3, 'a', 1)];
    const [first, second] = lines.map(({ lineId }) => lineId);
    const filled = [first, second, second].flatMap((id) => id ?? []);
    const load = tallyLoad(lines, ['a', 'a', 'a'] as ProductId[], [], filled);
    expect(load.lines.map(({ outCount }) => outCount)).toEqual([2, 2, 2]);
    expect(load.outCount).toBe(4);
  });

  it('is never more complete than what is out, and loses no unit that a line asks for', () => {
    const product = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(product, fc.integer({ min: 1, max: 5 })), { maxLength: 8 }),
        fc.array(product, { maxLength: 30 }),
        (wanted, outs) => {
          const lines = wanted.map(([name, quantity], index) => line(index, name, quantity));
          const load = tallyLoad(lines, outs as ProductId[]);
          for (const name of ['a', 'b', 'c']) {
            const tally = tallyProduct(load, name as ProductId);
            if (tally) expect(tally.outCount).toBe(outs.filter((one) => one === name).length);
          }
          const byProduct = ['a', 'b', 'c'].map((name) => {
            const asked = lines
              .filter((one) => one.productId === name)
              .reduce((sum, one) => sum + one.wantedCount, 0);
            return Math.min(asked, outs.filter((one) => one === name).length);
          });
          expect(load.outCount).toBe(byProduct.reduce((sum, count) => sum + count, 0));
        },
      ),
      { seed },
    );
  });
});

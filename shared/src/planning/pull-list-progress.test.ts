import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderKeysFor } from '#edits/order-key.ts';
import type { ProductId, PullListLineId } from '#kernel/ids.ts';
import { runs } from '#test/property-runs.ts';
import { testId } from '#test/test-ids.ts';
import { compareLocationCodes } from './compare-location-codes.ts';
import { type FreeUnit, type OutUnit, pullListProgress, type WantedLine } from './pull-list-progress.ts';

const lamp = testId<ProductId>('product', 1);
const dimmer = testId<ProductId>('product', 2);
const crate = testId<ProductId>('product', 3);

const line = (n: number, productId: ProductId, quantity: number): WantedLine => ({
  id: testId<PullListLineId>('line', n),
  productId,
  quantity,
  orderKey: orderKeysFor(99)[n] ?? '',
});
const out = (n: number, productId: ProductId, isCase = false): OutUnit => ({
  assetId: testId('asset', n),
  productId,
  isCase,
});
const free = (n: number, productId: ProductId, shelf: number): FreeUnit => ({
  assetId: testId('asset', n),
  productId,
  locationId: testId('location', shelf),
  locationCode: `A${shelf}`,
});

describe('pullListProgress', () => {
  it('[PL1] [PL3] counts what is out, never more than wanted', () => {
    const lines = [line(1, lamp, 2), line(2, dimmer, 3)];
    const progress = pullListProgress(
      lines,
      [1, 2, 3].map((n) => out(n, lamp)),
      [],
    );
    expect(progress).toMatchObject({ scannedCount: 2, wantedCount: 5 });
    expect(progress.lines).toMatchObject([
      { scannedCount: 2, surplusCount: 1, missingCount: 0 },
      { scannedCount: 0, surplusCount: 0, missingCount: 3, shortCount: 3 },
    ]);
  });

  it('[PL2] fills lines of one product in order, and keeps the order of the list', () => {
    const lines = [line(3, lamp, 2), line(2, dimmer, 1), line(1, lamp, 1)];
    const progress = pullListProgress(
      lines,
      [1, 2].map((n) => out(n, lamp)),
      [],
    );
    expect(progress.lines.map(({ lineId, scannedCount }) => [lineId, scannedCount])).toEqual([
      [testId('line', 1), 1],
      [testId('line', 2), 0],
      [testId('line', 3), 1],
    ]);
  });

  it('[PL4] lists what no line names, but no packaging', () => {
    const stray = out(2, dimmer);
    const { unlisted } = pullListProgress([line(1, lamp, 1)], [out(1, crate, true), stray], []);
    expect(unlisted).toEqual([stray]);
  });

  it('[PL8] counts what stands in for the line that it fills, and for none of its own', () => {
    const lines = [line(1, lamp, 2), line(2, dimmer, 1)];
    const standIn = (n: number, lineNumber: number) => ({
      ...out(n, dimmer),
      fillsLineId: testId<PullListLineId>('line', lineNumber),
    });
    const progress = pullListProgress(lines, [out(1, lamp), standIn(2, 1), out(3, lamp)], []);
    expect(progress.lines).toMatchObject([
      { scannedCount: 2, standInCount: 1, surplusCount: 1, missingCount: 0 },
      { scannedCount: 0, standInCount: 0, missingCount: 1 },
    ]);
    const tooMany = pullListProgress(
      lines,
      [1, 2, 3].map((n) => standIn(n, 1)),
      [],
    );
    expect(tooMany.lines).toMatchObject([{ scannedCount: 2, surplusCount: 1 }, { scannedCount: 0 }]);
    const ofGoneLine = standIn(4, 9);
    expect(pullListProgress(lines, [ofGoneLine], []).lines).toMatchObject([
      { scannedCount: 0 },
      { scannedCount: 1, standInCount: 0 },
    ]);
    expect(pullListProgress([line(1, lamp, 1)], [ofGoneLine], []).unlisted).toEqual([ofGoneLine]);
  });

  it('[PL5] tells where the missing ones lie, nearest first', () => {
    const stock = [free(1, lamp, 10), free(2, lamp, 2), free(3, lamp, 10), free(4, dimmer, 1)];
    const { lines } = pullListProgress([line(1, lamp, 3), line(2, dimmer, 0)], [], stock);
    expect(lines[0]?.lying).toEqual([
      { locationId: testId('location', 2), locationCode: 'A2', assetIds: [testId('asset', 2)] },
      {
        locationId: testId('location', 10),
        locationCode: 'A10',
        assetIds: [testId('asset', 1), testId('asset', 3)],
      },
    ]);
    expect(lines[1]?.lying).toEqual([]);
  });

  it('[PL6] free units cover each line once', () => {
    const stock = [free(1, lamp, 1), free(2, lamp, 1)];
    const { lines } = pullListProgress([line(1, lamp, 1), line(2, lamp, 3)], [], stock);
    expect(lines.map(({ shortCount }) => shortCount)).toEqual([0, 2]);
  });

  it('[PL7] loose pieces fill lines by their number, beside things with codes; what no line names is told', () => {
    const pieces = [
      { productId: dimmer, quantity: 4 },
      { productId: dimmer, quantity: 3 },
      { productId: lamp, quantity: -2 },
      { productId: crate, quantity: 9 },
    ];
    const { lines, unlistedPieces } = pullListProgress(
      [line(1, dimmer, 5), line(2, lamp, 2), line(3, dimmer, 1)],
      [out(1, lamp)],
      [],
      pieces,
    );
    expect(lines.map(({ scannedCount, surplusCount }) => [scannedCount, surplusCount])).toEqual([
      [5, 0],
      [1, 0],
      [1, 1],
    ]);
    expect(unlistedPieces).toEqual([{ productId: crate, quantity: 9 }]);
  });

  it('[PL1] [PL2] [PL3] [PL6] accounts for every unit, whatever is wanted, out and free', () => {
    const product = fc.constantFrom(lamp, dimmer, crate);
    const wanted = fc.array(fc.tuple(product, fc.nat(5)), { maxLength: 6 });
    fc.assert(
      fc.property(wanted, fc.array(product), fc.array(product), (lines, outProducts, freeProducts) => {
        const wantedLines = lines.map(([productId, quantity], n) => line(n, productId, quantity));
        const progress = pullListProgress(
          wantedLines,
          outProducts.map((productId, n) => out(n, productId)),
          freeProducts.map((productId, n) => free(n, productId, n % 3)),
        );
        for (const id of [lamp, dimmer, crate]) {
          const ofProduct = progress.lines.filter(({ productId }) => productId === id);
          const total = (count: (one: (typeof ofProduct)[number]) => number) =>
            ofProduct.reduce((sum, one) => sum + count(one), 0);
          const outCount = outProducts.filter((one) => one === id).length;
          const unlisted = progress.unlisted.filter(({ productId }) => productId === id).length;
          expect(total((one) => one.scannedCount + one.surplusCount) + unlisted).toBe(outCount);
          expect(total((one) => one.scannedCount)).toBe(
            Math.min(
              outCount,
              total((one) => one.wantedCount),
            ),
          );
          const missing = total((one) => one.missingCount);
          const freeCount = freeProducts.filter((one) => one === id).length;
          expect(total((one) => one.shortCount)).toBe(Math.max(0, missing - freeCount));
        }
        expect(progress.lines.map(({ lineId }) => lineId)).toEqual(wantedLines.map(({ id }) => id));
      }),
      runs(500),
    );
  });
});

describe('compareLocationCodes', () => {
  it('[PL5] walks A2 before A10, and B after A', () => {
    const walk = ['A', 'A1', 'A01-2', 'A2', 'A2-3', 'A2-10', 'A10', 'B1'];
    expect(walk.toReversed().sort(compareLocationCodes)).toEqual(walk);
  });

  it('[PL5] is a total order', () => {
    const code = fc.string({ unit: fc.constantFrom('A', 'b', '-', ' ', '0', '1', '2', '9'), maxLength: 5 });
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        expect(Math.sign(compareLocationCodes(a, b))).toBe(-Math.sign(compareLocationCodes(b, a)) + 0);
        expect(compareLocationCodes(a, b) === 0).toBe(a === b);
        if (compareLocationCodes(a, b) < 0 && compareLocationCodes(b, c) < 0) {
          expect(compareLocationCodes(a, c)).toBeLessThan(0);
        }
      }),
      runs(1_000),
    );
  });
});

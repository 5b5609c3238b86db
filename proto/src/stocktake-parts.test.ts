import type { AssetId, OperationId, ProductId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { bytesOfAdjustment, bytesOfThing, inParts } from '@eventkit/shared/stocktake/in-parts.ts';
import type { CountedThing, StocktakeAdjustment } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { runs } from '@eventkit/shared/test/property-runs.ts';
import { testId, testInstant } from '@eventkit/shared/test/test-ids.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOperation, encodeOperation, LARGEST_ENVELOPE_BYTES } from './operation-codec.ts';

const stocktakeId = testId<StocktakeId>('operation', 1);
const reviewOperationId = testId<OperationId>('operation', 2);
const place: Place = { kind: 'location', id: testId('location', 1) };
const assetId = testId<AssetId>('asset', 1);
const productId = testId<ProductId>('product', 1);
const most = 1_000_000_000;

/** Signs of three bytes are the heaviest that a string has for its length. */
const text = (longest: number) =>
  fc.oneof(
    fc.constant('put away wrongly'),
    fc
      .constantFrom('x', 'ß', '貨', '🚚')
      .chain((sign) => fc.integer({ min: 1, max: longest / sign.length }).map((count) => sign.repeat(count))),
  );
const adjustment = (reason: string): fc.Arbitrary<StocktakeAdjustment> =>
  fc
    .constantFrom(
      { kind: 'found' as const, assetId, place, expected: { place, status: 'quarantined' as const } },
      { kind: 'missing' as const, assetId, place },
      { kind: 'quantity' as const, productId, place, quantity: most, expectedQuantity: -most },
    )
    .map((change) => ({ ...change, reviewOperationId, asOf: testInstant(7), reason }));
const thing: fc.Arbitrary<CountedThing> = fc.oneof(
  fc.constant({ kind: 'asset' as const, assetId }),
  fc.constant({ kind: 'stock' as const, productId, place }),
  text(512).map((code) => ({ kind: 'code' as const, code })),
);

describe('what is said of a stocktake in parts', () => {
  it('[ST16] of an approval: each part fits on the wire, and together they are the whole in its order', () => {
    const seen = new Set<number>();
    const adjustments = text(2000).chain((reason) =>
      fc.array(adjustment(reason), { maxLength: 1500, size: 'max' }),
    );
    fc.assert(
      fc.property(adjustments, (all) => {
        const parts = inParts(all, bytesOfAdjustment);
        expect(parts.flat()).toEqual(all);
        for (const part of parts) {
          expectToFit({
            kind: 'approve_stocktake',
            stocktakeId,
            closeOperationId: reviewOperationId,
            adjustments: part,
          });
        }
        seen.add(parts.length);
      }),
      runs(40),
    );
    expect(Math.max(...seen)).toBeGreaterThan(5);
  });

  it('[ST16] of a review, with the longest of reasons, and of a request to count again', () => {
    const things = fc.array(thing, { minLength: 1, maxLength: 1500, size: 'max' });
    fc.assert(
      fc.property(things, text(2000), (all, reason) => {
        const parts = inParts(all, bytesOfThing);
        expect(parts.flat()).toEqual(all);
        for (const part of parts) {
          const about = { stocktakeId, things: part };
          expectToFit({ kind: 'review_variance', ...about, decision: 'leave', quantity: most, reason });
          expectToFit({ kind: 'request_recount', ...about });
        }
      }),
      runs(40),
    );
  });

  it('[ST16] of nothing there is no part', () => {
    expect(inParts([], bytesOfThing)).toEqual([]);
  });

  it('would tell of one that is too large', () => {
    const adjustments = Array.from({ length: 500 }, () => ({
      kind: 'missing' as const,
      assetId,
      place,
      reviewOperationId,
      asOf: testInstant(7),
      reason: '貨'.repeat(2_000),
    }));
    const whole: Intent = {
      kind: 'approve_stocktake',
      stocktakeId,
      closeOperationId: reviewOperationId,
      adjustments,
    };
    expect(encodeOperation(testOperation(1, { intent: whole })).byteLength).toBeGreaterThan(
      LARGEST_ENVELOPE_BYTES,
    );
  });
});

function expectToFit(intent: Intent): void {
  const bytes = encodeOperation(testOperation(1, { intent }));
  expect(bytes.byteLength).toBeLessThanOrEqual(LARGEST_ENVELOPE_BYTES);
  expect(decodeOperation(bytes)).toMatchObject({ ok: true, value: { intent } });
}

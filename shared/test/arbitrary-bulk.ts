import fc from 'fast-check';
import type { CountBulk, MoveBulk } from '#bulk/bulk-intents.ts';
import type { ProductId } from '#kernel/ids.ts';
import { arbitraryDisposition, arbitraryPlace } from './arbitrary-ledger.ts';
import { testId } from './test-ids.ts';

export const productIds = [testId<ProductId>('product', 1), testId<ProductId>('product', 2)] as const;

const productId = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom(...productIds) },
  { weight: 1, arbitrary: fc.constant(testId<ProductId>('product', 99)) },
);

/** Small numbers between few places, so that stocks meet, go below nothing and come back. */
export const arbitraryBulkIntent: fc.Arbitrary<MoveBulk | CountBulk> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move_bulk' as const),
      productId,
      quantity: fc.integer({ min: 1, max: 5 }),
      from: fc.option(arbitraryPlace, { freq: 5 }),
      to: fc.option(arbitraryPlace, { freq: 5 }),
      disposition: fc.option(arbitraryDisposition, { freq: 2 }),
      note: fc.option(fc.constant('for the bar'), { freq: 4 }),
    }),
  },
  fc.record({
    kind: fc.constant('count_bulk' as const),
    productId,
    place: arbitraryPlace,
    quantity: fc.integer({ min: 0, max: 6 }),
    note: fc.constant(null),
  }),
);

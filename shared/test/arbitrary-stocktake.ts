import fc from 'fast-check';
import type { OperationId, StocktakeId } from '#kernel/ids.ts';
import type { Intent, Operation, ScannedAsset } from '#operations/operation.ts';
import type { ApproveStocktake, CountedThing, StocktakeAdjustment } from '#stocktake/stocktake-intents.ts';
import { productIds } from './arbitrary-bulk.ts';
import { arbitraryObserved, arbitraryPlace, itemIds, locationIds } from './arbitrary-ledger.ts';
import { testId, testInstant } from './test-ids.ts';

/** The first operations: those of them that open a stocktake give it its name. */
const stocktakeId = fc.oneof(
  { weight: 5, arbitrary: fc.constant(testId<StocktakeId>('operation', 0)) },
  { weight: 1, arbitrary: fc.constant(testId<StocktakeId>('operation', 1)) },
);
const [shelf] = locationIds.map((id) => ({ kind: 'location' as const, id }));
const place = shelf === undefined ? arbitraryPlace : fc.oneof(fc.constant(shelf), arbitraryPlace);
const assetId = fc.constantFrom(...itemIds);
const productId = fc.constantFrom(...productIds);
const quantity = fc.integer({ min: 0, max: 4 });

const thing: fc.Arbitrary<CountedThing> = fc.oneof(
  fc.record({ kind: fc.constant('asset' as const), assetId }),
  fc.record({ kind: fc.constant('stock' as const), productId, place }),
  fc.constant({ kind: 'code' as const, code: 'X:7' }),
);
const things = fc.array(thing, { minLength: 1, maxLength: 3 });

const scanned: fc.Arbitrary<ScannedAsset> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ code: fc.constant('A-1'), assetId, observed: arbitraryObserved }),
  },
  fc.constant({ code: 'X:7', assetId: null, observed: null }),
);

/** Everything about a stocktake but its approval, which stands on operations before it. */
export const arbitraryStocktakeIntent: fc.Arbitrary<Intent> = fc.oneof(
  fc.record({
    kind: fc.constant('open_stocktake' as const),
    name: fc.constant('Q4'),
    scope: fc.oneof(
      fc.constant({ kind: 'full' as const }),
      fc.constant({ kind: 'zone' as const, locationIds: [...locationIds] }),
      fc.constant({ kind: 'cycle' as const, locationIds: [], productIds: [...productIds] }),
    ),
    isBlind: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('count_asset' as const),
      stocktakeId,
      asset: scanned,
      place,
      method: fc.constantFrom('scan' as const, 'tick' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('count_quantity' as const),
      stocktakeId,
      productId,
      place,
      quantity,
    }),
  },
  fc.record({ kind: fc.constant('request_recount' as const), stocktakeId, things }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close_stocktake' as const), stocktakeId }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('review_variance' as const),
      stocktakeId,
      things,
      decision: fc.constantFrom('accept' as const, 'accept' as const, 'leave' as const),
      quantity: fc.option(quantity, { freq: 3 }),
      reason: fc.constant('counted twice'),
    }),
  },
);

/** An approval as a device makes it: of the last close it saw, with all reviews it saw. */
export function approvalOf(seen: readonly Operation[], second: number): ApproveStocktake {
  const close = seen.findLast(({ intent }) => intent.kind === 'close_stocktake');
  const stocktakeId =
    close?.intent.kind === 'close_stocktake' ? close.intent.stocktakeId : testId<StocktakeId>('operation', 0);
  // Now and then somebody names what nobody accepted.
  const isCareful = second % 5 !== 0;
  return {
    kind: 'approve_stocktake',
    stocktakeId,
    closeOperationId: close?.id ?? testId<OperationId>('operation', 99),
    adjustments: seen.flatMap(({ id, intent }) =>
      intent.kind === 'review_variance' &&
      intent.stocktakeId === stocktakeId &&
      (intent.decision === 'accept' || !isCareful)
        ? intent.things.flatMap((one) => adjustmentsOf(one, id, second))
        : [],
    ),
  };
}

function adjustmentsOf(
  thing: CountedThing,
  reviewOperationId: OperationId,
  second: number,
): StocktakeAdjustment[] {
  const common = { reviewOperationId, asOf: testInstant(second), reason: 'counted twice' };
  if (thing.kind === 'code' || shelf === undefined) return [];
  if (thing.kind === 'stock') {
    const { productId, place } = thing;
    return [{ ...common, kind: 'quantity', productId, place, quantity: second % 5, expectedQuantity: 2 }];
  }
  const { assetId } = thing;
  return [
    second % 2 === 0
      ? { ...common, kind: 'found', assetId, place: shelf, expected: null }
      : { ...common, kind: 'missing', assetId, place: shelf },
  ];
}

/** What an approval stands on, and so what everybody has heard of before it. */
export function causesOfApproval({ intent }: Operation): readonly OperationId[] {
  if (intent.kind !== 'approve_stocktake') return [];
  return [intent.closeOperationId, ...intent.adjustments.map(({ reviewOperationId }) => reviewOperationId)];
}

import type { MessageInitShape } from '@bufbuild/protobuf';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import type {
  CountedThing,
  OpenStocktake,
  StocktakeAdjustment,
  StocktakeIntent,
} from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type {
  CountedThingSchema,
  OpenStocktakeSchema,
  OperationSchema,
  StocktakeAdjustmentSchema,
} from '#gen/eventkit/v1/operation_pb.ts';
import { countMethodNumbers, reviewDecisionNumbers } from './operation-enums.ts';
import { placeInit } from './place-messages.ts';
import { observedInit, scannedInit } from './scanned-messages.ts';

type IntentInit = NonNullable<MessageInitShape<typeof OperationSchema>['intent']>;

/** The wire form of an intent about a stocktake. */
export function stocktakeInit(intent: StocktakeIntent): IntentInit {
  switch (intent.kind) {
    case 'open_stocktake':
      return {
        case: 'openStocktake',
        value: { name: intent.name, isBlind: intent.isBlind, scope: scopeInit(intent.scope) },
      };
    case 'count_asset':
      return {
        case: 'countAsset',
        value: {
          stocktakeId: intent.stocktakeId,
          asset: scannedInit(intent.asset),
          place: placeInit(intent.place),
          method: countMethodNumbers[intent.method],
        },
      };
    case 'count_quantity': {
      const { stocktakeId, productId, place, quantity } = intent;
      return {
        case: 'countQuantity',
        value: { stocktakeId, productId, place: placeInit(place), quantity: BigInt(quantity) },
      };
    }
    case 'request_recount':
      return {
        case: 'requestRecount',
        value: { stocktakeId: intent.stocktakeId, things: intent.things.map(thingInit) },
      };
    case 'close_stocktake':
      return { case: 'closeStocktake', value: { stocktakeId: intent.stocktakeId } };
    case 'review_variance':
      return {
        case: 'reviewVariance',
        value: {
          stocktakeId: intent.stocktakeId,
          things: intent.things.map(thingInit),
          decision: reviewDecisionNumbers[intent.decision],
          ...(intent.quantity !== null && { quantity: BigInt(intent.quantity) }),
          reason: intent.reason,
        },
      };
    case 'approve_stocktake':
      return {
        case: 'approveStocktake',
        value: {
          stocktakeId: intent.stocktakeId,
          closeOperationId: intent.closeOperationId,
          adjustments: intent.adjustments.map(adjustmentInit),
        },
      };
  }
}

function scopeInit(
  scope: OpenStocktake['scope'],
): NonNullable<MessageInitShape<typeof OpenStocktakeSchema>['scope']> {
  switch (scope.kind) {
    case 'full':
      return { case: 'full', value: {} };
    case 'zone':
      return { case: 'zone', value: { locationIds: [...scope.locationIds] } };
    case 'cycle':
      return {
        case: 'cycle',
        value: { locationIds: [...scope.locationIds], productIds: [...scope.productIds] },
      };
  }
}

function thingInit(thing: CountedThing): MessageInitShape<typeof CountedThingSchema> {
  switch (thing.kind) {
    case 'asset':
      return { thing: { case: 'assetId', value: thing.assetId } };
    case 'code':
      return { thing: { case: 'code', value: thing.code } };
    case 'stock':
      return {
        thing: { case: 'stock', value: { productId: thing.productId, place: placeInit(thing.place) } },
      };
  }
}

function adjustmentInit(adjustment: StocktakeAdjustment): MessageInitShape<typeof StocktakeAdjustmentSchema> {
  const { reviewOperationId, reason } = adjustment;
  return {
    reviewOperationId,
    reason,
    asOfMicros: microsOf(adjustment.asOf),
    change: changeInit(adjustment),
  };
}

function changeInit(
  adjustment: StocktakeAdjustment,
): NonNullable<MessageInitShape<typeof StocktakeAdjustmentSchema>['change']> {
  const place = placeInit(adjustment.place);
  switch (adjustment.kind) {
    case 'found': {
      const { assetId, expected } = adjustment;
      const value = { assetId, place, ...(expected !== null && { expected: observedInit(expected) }) };
      return { case: 'found', value };
    }
    case 'missing':
      return { case: 'missing', value: { assetId: adjustment.assetId, place } };
    case 'quantity': {
      const { productId, quantity, expectedQuantity } = adjustment;
      return {
        case: 'quantity',
        value: { productId, place, quantity: BigInt(quantity), expectedQuantity: BigInt(expectedQuantity) },
      };
    }
  }
}

import type {
  AssetId,
  OperationId,
  ProductId,
  StocktakeId,
  StorageLocationId,
} from '@eventkit/shared/kernel/ids.ts';
import { instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import type {
  CountedThing,
  StocktakeAdjustment,
  StocktakeIntent,
  StocktakeScope,
} from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type {
  CountedThing as CountedThingMessage,
  OpenStocktake as OpenStocktakeMessage,
  Operation as OperationMessage,
  StocktakeAdjustment as StocktakeAdjustmentMessage,
} from '#gen/eventkit/v1/operation_pb.ts';
import { countMethodNumbers, reviewDecisionNumbers, wordOf } from './operation-enums.ts';
import { missing, placeOf, uuid } from './place-messages.ts';
import { observedOf, scannedOf } from './scanned-messages.ts';

type Case<Name> = Extract<OperationMessage['intent'], { readonly case: Name }>;
type StocktakeCase = Case<
  | 'openStocktake'
  | 'countAsset'
  | 'countQuantity'
  | 'requestRecount'
  | 'closeStocktake'
  | 'reviewVariance'
  | 'approveStocktake'
>;

/** The intent about a stocktake that a checked message means. */
export function stocktakeOf(intent: StocktakeCase): StocktakeIntent {
  switch (intent.case) {
    case 'openStocktake': {
      const { name, isBlind, scope } = intent.value;
      return { kind: 'open_stocktake', name, isBlind, scope: scopeOf(scope) };
    }
    case 'countAsset':
      return {
        kind: 'count_asset',
        stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId),
        asset: scannedOf(intent.value.asset),
        place: placeOf(intent.value.place),
        method: wordOf(countMethodNumbers, intent.value.method) ?? missing('method'),
      };
    case 'countQuantity':
      return {
        kind: 'count_quantity',
        stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId),
        productId: uuid<ProductId>(intent.value.productId),
        place: placeOf(intent.value.place),
        quantity: Number(intent.value.quantity),
      };
    case 'requestRecount':
      return {
        kind: 'request_recount',
        stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId),
        things: intent.value.things.map(thingOf),
      };
    case 'closeStocktake':
      return { kind: 'close_stocktake', stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId) };
    case 'reviewVariance':
      return {
        kind: 'review_variance',
        stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId),
        things: intent.value.things.map(thingOf),
        decision: wordOf(reviewDecisionNumbers, intent.value.decision) ?? missing('decision'),
        quantity: intent.value.quantity === undefined ? null : Number(intent.value.quantity),
        reason: intent.value.reason,
      };
    case 'approveStocktake':
      return {
        kind: 'approve_stocktake',
        stocktakeId: uuid<StocktakeId>(intent.value.stocktakeId),
        closeOperationId: uuid<OperationId>(intent.value.closeOperationId),
        adjustments: intent.value.adjustments.map(adjustmentOf),
      };
  }
}

function scopeOf(scope: OpenStocktakeMessage['scope']): StocktakeScope {
  switch (scope.case) {
    case 'full':
      return { kind: 'full' };
    case 'zone':
      return { kind: 'zone', locationIds: scope.value.locationIds.map((id) => uuid<StorageLocationId>(id)) };
    case 'cycle':
      return {
        kind: 'cycle',
        locationIds: scope.value.locationIds.map((id) => uuid<StorageLocationId>(id)),
        productIds: scope.value.productIds.map((id) => uuid<ProductId>(id)),
      };
    case undefined:
      return missing('scope');
  }
}

function thingOf({ thing }: CountedThingMessage): CountedThing {
  switch (thing.case) {
    case 'assetId':
      return { kind: 'asset', assetId: uuid<AssetId>(thing.value) };
    case 'code':
      return { kind: 'code', code: thing.value };
    case 'stock':
      return {
        kind: 'stock',
        productId: uuid<ProductId>(thing.value.productId),
        place: placeOf(thing.value.place),
      };
    case undefined:
      return missing('thing');
  }
}

function adjustmentOf({
  reviewOperationId,
  asOfMicros,
  reason,
  change,
}: StocktakeAdjustmentMessage): StocktakeAdjustment {
  const common = {
    reviewOperationId: uuid<OperationId>(reviewOperationId),
    asOf: instantOfMicros(asOfMicros),
    reason,
  };
  switch (change.case) {
    case 'found': {
      const { assetId, place, expected } = change.value;
      return {
        ...common,
        kind: 'found',
        assetId: uuid<AssetId>(assetId),
        place: placeOf(place),
        expected: expected === undefined ? null : observedOf(expected),
      };
    }
    case 'missing': {
      const { assetId, place } = change.value;
      return { ...common, kind: 'missing', assetId: uuid<AssetId>(assetId), place: placeOf(place) };
    }
    case 'quantity': {
      const { productId, place, quantity, expectedQuantity } = change.value;
      return {
        ...common,
        kind: 'quantity',
        productId: uuid<ProductId>(productId),
        place: placeOf(place),
        quantity: Number(quantity),
        expectedQuantity: Number(expectedQuantity),
      };
    }
    case undefined:
      return missing('change');
  }
}

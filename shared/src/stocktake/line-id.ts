import type { AssetId, ProductId, StocktakeId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { CountedThing, StocktakeAdjustment } from './stocktake-intents.ts';

/** [ST2] Names the line of a thing in a stocktake. */
export function lineIdOf(stocktakeId: StocktakeId, thing: CountedThing): string {
  switch (thing.kind) {
    case 'asset':
      return `${stocktakeId}:asset:${thing.assetId}`;
    case 'stock':
      return `${stocktakeId}:stock:${thing.productId}:${thing.place.kind}:${thing.place.id}`;
    case 'code':
      return `${stocktakeId}:code:${thing.code}`;
  }
}

/** What the id of a line names; throws on text that `lineIdOf` never made. */
export function lineOfId(lineId: string): {
  readonly stocktakeId: StocktakeId;
  readonly thing: CountedThing;
} {
  const [id, kind, ...rest] = lineId.split(':');
  const stocktakeId = id as StocktakeId;
  const [first, placeKind, placeId] = rest;
  if (kind === 'asset' && first) return { stocktakeId, thing: { kind, assetId: first as AssetId } };
  if (kind === 'stock' && first && placeKind && placeId) {
    const place = { kind: placeKind, id: placeId } as Place;
    return { stocktakeId, thing: { kind, productId: first as ProductId, place } };
  }
  // A code may hold any sign, the colon too.
  if (kind === 'code' && rest.join(':') !== '') return { stocktakeId, thing: { kind, code: rest.join(':') } };
  throw new Error(`${lineId} names no line of a stocktake`);
}

/** The thing that an adjustment is about. */
export function thingOf(adjustment: StocktakeAdjustment): CountedThing {
  return adjustment.kind === 'quantity'
    ? { kind: 'stock', productId: adjustment.productId, place: adjustment.place }
    : { kind: 'asset', assetId: adjustment.assetId };
}

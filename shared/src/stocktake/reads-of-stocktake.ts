import { stockIdOf } from '#bulk/stock-id.ts';
import type { AssetId, ProductId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { ReadRequest } from '#operations/working-set.ts';
import type { Subject } from '#schema/subject-ledgers.ts';
import { lineIdOf, thingOf } from './line-id.ts';
import { countedThing } from './plan-stocktake-facts.ts';
import type { StocktakeIntent } from './stocktake-intents.ts';

/** What an intent about a stocktake names; the places are for the caller to turn into reads. */
export type StocktakeReads = Pick<ReadRequest, 'assetIds' | 'productIds' | 'subjects'> & {
  readonly places: readonly Place[];
};

const nothing: StocktakeReads = { assetIds: [], productIds: [], subjects: [], places: [] };

/** What must be loaded to decide it; `ownId` is the id of its operation. */
export function readsOfStocktake(intent: StocktakeIntent, ownId: string): StocktakeReads {
  switch (intent.kind) {
    case 'open_stocktake':
      return { ...nothing, subjects: [{ ledger: 'stocktake', id: ownId }] };
    case 'close_stocktake':
      return { ...nothing, subjects: [{ ledger: 'stocktake', id: intent.stocktakeId }] };
    case 'count_asset':
    case 'count_quantity':
      return {
        assetIds: intent.kind === 'count_asset' && intent.asset.assetId ? [intent.asset.assetId] : [],
        productIds: intent.kind === 'count_quantity' ? [intent.productId] : [],
        subjects: [{ ledger: 'count', id: lineIdOf(intent.stocktakeId, countedThing(intent)) }],
        places: [intent.place],
      };
    case 'request_recount':
    case 'review_variance':
      return {
        ...nothing,
        subjects: intent.things.map((thing) => ({
          ledger: 'count',
          id: lineIdOf(intent.stocktakeId, thing),
        })),
      };
    case 'approve_stocktake': {
      const { stocktakeId, adjustments } = intent;
      return {
        assetIds: adjustments.flatMap((one): AssetId[] => (one.kind === 'quantity' ? [] : [one.assetId])),
        productIds: adjustments.flatMap((one): ProductId[] =>
          one.kind === 'quantity' ? [one.productId] : [],
        ),
        subjects: [
          { ledger: 'stocktake', id: stocktakeId },
          ...adjustments.flatMap((one): Subject[] => [
            { ledger: 'count', id: lineIdOf(stocktakeId, thingOf(one)) },
            ...(one.kind === 'quantity'
              ? [{ ledger: 'bulk' as const, id: stockIdOf(one.productId, one.place) }]
              : []),
          ]),
        ],
        places: adjustments.map(({ place }) => place),
      };
    }
  }
}

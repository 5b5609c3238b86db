import type { AssetId, OperationId, ProductId, StocktakeId, StorageLocationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Observed, ScannedAsset } from '#operations/operation.ts';

/** The most things that one operation names; the wire takes no more. */
export const MOST_THINGS = 500;

/** What is to be counted. */
export type StocktakeScope =
  /** Everything at every place of the stock. */
  | { readonly kind: 'full' }
  /** Everything at these places and the places below them. */
  | { readonly kind: 'zone'; readonly locationIds: readonly StorageLocationId[] }
  /** These products wherever they lie, and everything at these very places. */
  | {
      readonly kind: 'cycle';
      readonly locationIds: readonly StorageLocationId[];
      readonly productIds: readonly ProductId[];
    };

/** Begins a stocktake, which is named by the id of this operation. */
export type OpenStocktake = {
  readonly kind: 'open_stocktake';
  readonly name: string;
  readonly scope: StocktakeScope;
  /** Those who count do not see what is expected. */
  readonly isBlind: boolean;
};

/** How a thing was told: by its label, or by its row in a list because the label cannot be read. */
export type CountMethod = 'scan' | 'tick';

/** Somebody saw a thing at a place; its code leads nowhere on that device where `assetId` is null. */
export type CountAsset = {
  readonly kind: 'count_asset';
  readonly stocktakeId: StocktakeId;
  readonly asset: ScannedAsset;
  readonly place: Place;
  readonly method: CountMethod;
};

/** Somebody counted the loose pieces of a product at a place; none is a count too. */
export type CountQuantity = {
  readonly kind: 'count_quantity';
  readonly stocktakeId: StocktakeId;
  readonly productId: ProductId;
  readonly place: Place;
  readonly quantity: number;
};

/** One thing, or the loose pieces of a product at one place: what a line of a stocktake is about. */
export type CountedThing =
  | { readonly kind: 'asset'; readonly assetId: AssetId }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'stock'; readonly productId: ProductId; readonly place: Place };

/** What was counted so far of these is not to be believed: count again. */
export type RequestRecount = {
  readonly kind: 'request_recount';
  readonly stocktakeId: StocktakeId;
  readonly things: readonly CountedThing[];
};

export type CloseStocktake = { readonly kind: 'close_stocktake'; readonly stocktakeId: StocktakeId };

/** accept: the stock is to become as counted. leave: the books stay as they are, for the reason given. */
export type ReviewDecision = 'accept' | 'leave';

export type ReviewVariance = {
  readonly kind: 'review_variance';
  readonly stocktakeId: StocktakeId;
  readonly things: readonly CountedThing[];
  readonly decision: ReviewDecision;
  /** For loose pieces on which counters differ: the number to believe; null where the count stands. */
  readonly quantity: number | null;
  readonly reason: string;
};

/** What an approval changes, as the approver saw and confirmed it. */
export type StocktakeAdjustment = {
  /** The review that it stands on. */
  readonly reviewOperationId: OperationId;
  /** The instant of the count, or of the close for what was not found: the change holds as of then. */
  readonly asOf: Instant;
  readonly reason: string;
} & (
  | {
      readonly kind: 'found';
      readonly assetId: AssetId;
      readonly place: Place;
      readonly expected: Observed | null;
    }
  /** Not found at `place`, where it was expected. */
  | { readonly kind: 'missing'; readonly assetId: AssetId; readonly place: Place }
  | {
      readonly kind: 'quantity';
      readonly productId: ProductId;
      readonly place: Place;
      readonly quantity: number;
      readonly expectedQuantity: number;
    }
);

/** A second person puts the reviewed differences into the books. */
export type ApproveStocktake = {
  readonly kind: 'approve_stocktake';
  readonly stocktakeId: StocktakeId;
  /** The close that the approver saw. */
  readonly closeOperationId: OperationId;
  readonly adjustments: readonly StocktakeAdjustment[];
};

export type StocktakeIntent =
  | OpenStocktake
  | CountAsset
  | CountQuantity
  | RequestRecount
  | CloseStocktake
  | ReviewVariance
  | ApproveStocktake;

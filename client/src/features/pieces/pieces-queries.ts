import type { EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';

/** Loose pieces of a product at a place. */
export type StockRow = {
  readonly id: string;
  readonly productId: ProductId;
  readonly productName: string;
  readonly placeKind: PlaceKind;
  readonly placeId: string;
  readonly placeName: string | null;
  readonly quantity: number;
};

const STOCK = `
SELECT b.id, b.product_id AS productId, coalesce((SELECT p.name FROM products p WHERE p.id = b.product_id), '') AS productName,
       b.place_kind AS placeKind, b.place_id AS placeId, b.quantity,
       CASE b.place_kind
         WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = b.place_id)
         WHEN 'case' THEN (SELECT a.code FROM assets_now a WHERE a.id = b.place_id)
         WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = b.place_id)
         ELSE (SELECT e.name FROM events_now e WHERE e.id = b.place_id)
       END AS placeName
  FROM bulk_stock_now b`;

/** One parameter: the place. Empty stocks are told too: they are where pieces usually lie. */
export const STOCKS_AT_PLACE = `${STOCK} WHERE b.place_id = ? ORDER BY productName, b.id`;

/** One parameter: the product. The most first. */
export const STOCKS_OF_PRODUCT = `${STOCK} WHERE b.product_id = ? ORDER BY b.quantity DESC, placeName, b.id`;

export type LooseProduct = { readonly id: ProductId; readonly name: string; readonly category: string };

/** Every product whose pieces have no labels. */
export const LOOSE_PRODUCTS = `
SELECT id, name, coalesce(category, '') AS category FROM products WHERE tracking <> 'serialised' ORDER BY name, id`;

export type PlaceRow = { readonly id: StorageLocationId; readonly code: string; readonly name: string };

export const PLACES = `SELECT id, code, name FROM storage_locations WHERE kind <> 'depot' ORDER BY code, id`;

export type OpenEvent = { readonly id: EventId; readonly name: string };

/** Events that pieces may go out to or come back from. */
export const OPEN_EVENTS = `
SELECT id, name FROM events_now WHERE status NOT IN ('cancelled', 'closed', 'draft') ORDER BY load_at, id`;

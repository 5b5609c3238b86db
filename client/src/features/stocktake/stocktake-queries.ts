import type { ProductId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type StocktakeSummary = {
  readonly id: StocktakeId;
  readonly name: string;
  readonly status: 'open' | 'closed' | 'approved';
  readonly expectations: 'hidden' | 'shown';
  readonly openedAt: Instant;
  readonly openedBy: string | null;
  readonly lineCount: number;
};

/** The newest first. */
export const STOCKTAKES = `
SELECT s.id, coalesce(s.name, '') AS name, s.status, s.expectations, s.opened_at AS openedAt,
       (SELECT u.name FROM users u WHERE u.id = s.opened_by) AS openedBy,
       (SELECT count(*) FROM count_lines_now c WHERE c.stocktake_id = s.id AND c.state IN ('counted', 'differs')) AS lineCount
  FROM stocktakes_now s ORDER BY s.opened_at DESC LIMIT 100`;

export type NamedPlace = { readonly id: string; readonly code: string; readonly name: string };

export const COUNT_PLACES =
  "SELECT id, code, name FROM storage_locations WHERE kind <> 'depot' ORDER BY code";

export type LooseHere = {
  readonly id: ProductId;
  readonly name: string;
  /** What was counted at this place in this stocktake; null where nobody has, or counters differ. */
  readonly counted: number | null;
  readonly state: string | null;
  readonly booked: number | null;
};

/**
 * Loose pieces with what is known of them at one place. Parameters: the stocktake, the place, the products that count
 * there as a JSON array, an empty one for all.
 */
export const LOOSE_AT_PLACE = `
WITH here (stocktake, place, products) AS (SELECT ?, ?, ?)
SELECT p.id, p.name,
       (SELECT c.quantity FROM count_lines_now c
         WHERE c.id = here.stocktake || ':stock:' || p.id || ':location:' || here.place) AS counted,
       (SELECT c.state FROM count_lines_now c
         WHERE c.id = here.stocktake || ':stock:' || p.id || ':location:' || here.place) AS state,
       (SELECT b.quantity FROM bulk_stock_now b WHERE b.id = p.id || ':location:' || here.place) AS booked
  FROM here JOIN products p ON p.tracking <> 'serialised'
 WHERE here.products = '[]' OR p.id IN (SELECT value FROM json_each(here.products))
 ORDER BY booked IS NULL, p.name`;

export type TickRow = { readonly id: string; readonly code: string; readonly productName: string };

/** What the books have at a place and nobody has seen there yet. Parameters: as those of `LOOSE_AT_PLACE`. */
export const NOT_SEEN_AT_PLACE = `
WITH here (stocktake, place, products) AS (SELECT ?, ?, ?)
SELECT a.id, a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS productName
  FROM here JOIN assets_now a ON a.place_id = here.place
 WHERE NOT EXISTS (SELECT 1 FROM count_lines_now c
                    WHERE c.id = here.stocktake || ':asset:' || a.id AND c.seen_id = here.place)
   AND (here.products = '[]' OR a.product_id IN (SELECT value FROM json_each(here.products)))
 ORDER BY a.code LIMIT 300`;

export type NameRow = {
  readonly id: string;
  readonly name: string;
  /** Of a unit: what it is one of. */
  readonly product: string | null;
};

/** What people call assets, products and places. One parameter: ids as a JSON array. */
export const NAMES = `
SELECT j.value AS id, coalesce(
  (SELECT a.code FROM assets_now a WHERE a.id = j.value),
  (SELECT p.name FROM products p WHERE p.id = j.value),
  (SELECT s.code FROM storage_locations s WHERE s.id = j.value),
  (SELECT e.name FROM events e WHERE e.id = j.value),
  (SELECT v.name FROM vehicles v WHERE v.id = j.value),
  (SELECT u.name FROM users u WHERE u.id = j.value), '?') AS name,
  (SELECT p.name FROM assets_now a JOIN products p ON p.id = a.product_id WHERE a.id = j.value) AS product
  FROM json_each(?) j`;

export type CounterRow = { readonly lineId: string; readonly who: string | null; readonly quantity: number };

/** What each counter of loose pieces said, the newest last. One parameter: the stocktake. */
export const COUNTERS = `
SELECT f.line_id AS lineId, (SELECT u.name FROM users u WHERE u.id = f.recorded_by) AS who, f.quantity
  FROM count_lines_now c JOIN count_facts_now f ON f.line_id = c.id
 WHERE c.stocktake_id = ? AND c.state = 'differs' AND f.kind = 'count_quantity'
 ORDER BY f.effective_at`;

/** What this person approved on this device and has not taken back. Parameters: the stocktake, the device, the person. */
export const OWN_STANDING_APPROVALS = `
SELECT f.operation_id AS id FROM stocktake_facts_now f
 WHERE f.stocktake_id = ? AND f.kind = 'approve_stocktake' AND f.device_id = ? AND f.recorded_by = ?
   AND NOT EXISTS (SELECT 1 FROM stocktake_facts_now u WHERE u.undoes_operation_id = f.operation_id)
 ORDER BY f.sequence DESC`;

import type { AssetId, EventId, ProductId, PullListLineId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { CASES_INSIDE } from './cases-inside.ts';
import type { EventStatus } from './event-status.ts';

export type LineRow = {
  readonly id: PullListLineId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly category: string;
  readonly quantity: number;
  readonly orderKey: string;
  readonly note: string;
};

/** The lines of all pull lists of an event, in their order. One parameter: the event. */
export const PULL_LIST_LINES = `
SELECT l.id, l.product_id AS productId,
       coalesce((SELECT name FROM products WHERE id = l.product_id), '') AS productName,
       coalesce((SELECT category FROM products WHERE id = l.product_id), '') AS category, l.quantity, l.order_key AS orderKey, coalesce(l.note, '') AS note
  FROM pull_list_lines_now l
 WHERE l.event_id = ? ORDER BY l.order_key, l.id`;

export type OutRow = {
  readonly assetId: AssetId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly isCase: number;
  readonly code: string;
  /** The line of another product that it stands in for; null where it counts for its own. */
  readonly fillsLineId: PullListLineId | null;
};

/** Everything out for an event, there or on a vehicle, loose or in cases at any depth. Three times the event. */
export const OUT_AT_EVENT = `
WITH RECURSIVE loaded AS MATERIALIZED (
  SELECT a.id, a.product_id, a.is_case, a.code FROM assets_now a
   WHERE a.place_id IN (SELECT id FROM vehicles) AND a.for_event_id = ?
),
inside(place_id) AS (
  SELECT ?
  UNION
  SELECT loaded.id FROM loaded WHERE loaded.is_case = 1
  UNION
  SELECT member.value ${CASES_INSIDE}
)
SELECT o.id AS assetId, o.product_id AS productId, o.is_case AS isCase, o.code,
       coalesce((SELECT name FROM products WHERE id = o.product_id), '') AS productName,
       (SELECT f.line_id FROM line_fillings_now f WHERE f.id = ? || ':' || o.id) AS fillsLineId
  FROM (
    SELECT a.id, a.product_id, a.is_case, a.code FROM assets_now a
     WHERE a.place_id IN (SELECT place_id FROM inside)
    UNION ALL SELECT id, product_id, is_case, code FROM loaded
  ) AS o`;

export type OutPiecesRow = {
  readonly productId: ProductId;
  readonly productName: string;
  readonly quantity: number;
};

/** Loose pieces out at an event, by themselves or in cases at any depth. One parameter: the event. */
export const PIECES_OUT_AT_EVENT = `
WITH RECURSIVE inside(place_id) AS (
  SELECT ?
  UNION
  SELECT member.value ${CASES_INSIDE}
)
SELECT b.product_id AS productId, sum(b.quantity) AS quantity,
       coalesce((SELECT name FROM products WHERE id = b.product_id), '') AS productName
  FROM bulk_stock_now b WHERE b.place_id IN (SELECT place_id FROM inside) AND b.quantity > 0
 GROUP BY b.product_id`;

export type WhereaboutsRow = {
  readonly productId: ProductId;
  readonly units: number;
  /** The innermost case they are in, null where they lie loose. */
  readonly caseCode: string | null;
  /** The shelf or vehicle where they, or the outermost case around them, are at hand; null where an event has them. */
  readonly locationCode: string | null;
  readonly eventId: EventId | null;
  readonly eventName: string | null;
  readonly returnAt: Instant | null;
};

/**
 * Where the units of some products lie that may go out; on a vehicle they belong to the event they were loaded for.
 * One parameter: the products as a JSON array. Units are grouped by place before anything is resolved, so the work
 * grows with places, not with assets.
 */
export const WHEREABOUTS = `
WITH RECURSIVE
wanted (product_id) AS MATERIALIZED (SELECT value FROM json_each(?)),
units AS MATERIALIZED (
  SELECT a.product_id, iif(a.for_event_id IS NULL, a.place_kind, 'event') AS place_kind,
         coalesce(a.for_event_id, a.place_id) AS place_id FROM assets_now a
   WHERE a.product_id IN (SELECT product_id FROM wanted) AND a.status = 'in_service'
),
lying AS MATERIALIZED (
  SELECT product_id, place_kind, place_id, count(*) AS units FROM units GROUP BY product_id, place_kind, place_id
  UNION ALL
  SELECT b.product_id, b.place_kind, b.place_id, b.quantity FROM bulk_stock_now b
   WHERE b.product_id IN (SELECT product_id FROM wanted) AND b.quantity > 0
),
around(start_id, kind, id, depth) AS (
  SELECT DISTINCT place_id, place_kind, place_id, 0 FROM lying
  UNION ALL
  SELECT start_id,
         (SELECT iif(a.for_event_id IS NULL, a.place_kind, 'event') FROM assets_now a WHERE a.id = around.id),
         (SELECT coalesce(a.for_event_id, a.place_id) FROM assets_now a WHERE a.id = around.id), depth + 1
    FROM around WHERE around.kind = 'case' AND around.depth < 16
)
SELECT lying.product_id AS productId, lying.units,
       CASE lying.place_kind WHEN 'case' THEN (SELECT a.code FROM assets_now a WHERE a.id = lying.place_id) END AS caseCode,
       coalesce(s.code, v.code) AS locationCode, CASE around.kind WHEN 'event' THEN around.id END AS eventId,
       CASE around.kind WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = around.id) END AS eventName,
       CASE around.kind WHEN 'event' THEN (SELECT e.return_at FROM events_now e WHERE e.id = around.id) END AS returnAt
  FROM lying JOIN around ON around.start_id = lying.place_id AND around.kind <> 'case'
  LEFT JOIN storage_locations s ON around.kind = 'location' AND s.id = around.id
  LEFT JOIN vehicles v ON around.kind = 'vehicle' AND v.id = around.id`;

export type EventRow = {
  readonly id: EventId;
  readonly name: string;
  readonly clientName: string;
  readonly venue: string;
  readonly status: EventStatus;
  readonly loadAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly returnAt: Instant;
};

/** One parameter: the event. */
export const EVENT_BY_ID = `
SELECT id, name, client_name AS clientName, venue, status, load_at AS loadAt, starts_at AS startsAt,
       ends_at AS endsAt, return_at AS returnAt FROM events_now WHERE id = ?`;

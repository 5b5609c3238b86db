import type { ShownEvent } from './count-events.ts';

export type EventToCount = ShownEvent & { readonly wanted: number };

/** Every event on the device, with how many pieces its pull lists ask for. */
export const EVENTS = `
SELECT e.id, e.name, e.client_name AS clientName, e.venue, e.status, e.load_at AS loadAt, e.return_at AS returnAt,
       coalesce((SELECT sum(l.quantity) FROM pull_list_lines_now l WHERE l.event_id = e.id), 0) AS wanted
  FROM events_now e`;

export const DEMANDS = `
SELECT event_id AS eventId, product_id AS productId, sum(quantity) AS units
  FROM pull_list_lines_now GROUP BY event_id, product_id`;

/** What can go out: things in service but for cases, which are packaging, and loose pieces wherever they are. */
export const FLEET = `
SELECT p.id AS productId, coalesce(p.category, '') AS category, sum(o.units) AS units
  FROM (
    SELECT product_id, count(*) AS units FROM assets_now
     WHERE status = 'in_service' AND is_case = 0 GROUP BY product_id
    UNION ALL
    SELECT product_id, sum(max(quantity, 0)) FROM bulk_stock_now GROUP BY product_id
  ) AS o JOIN products p ON p.id = o.product_id
 GROUP BY p.id HAVING sum(o.units) > 0`;

export type OutRow = { readonly eventId: string; readonly units: number };

/**
 * How much is out by itself for each event, on the spot or on a vehicle for it: what is in a case comes back with the
 * case. Asked for by event, so that SQLite goes by the index on places instead of through all assets.
 */
export const OUT = `
SELECT eventId, sum(units) AS units FROM (
  SELECT a.place_id AS eventId, 1 AS units FROM assets_now a
   WHERE a.place_id IN (SELECT id FROM events_now) AND a.status <> 'lost'
  UNION ALL
  SELECT a.for_event_id, 1 FROM assets_now a
   WHERE a.place_id IN (SELECT id FROM vehicles) AND a.for_event_id IS NOT NULL AND a.status <> 'lost'
  UNION ALL
  SELECT b.place_id, b.quantity FROM bulk_stock_now b
   WHERE b.place_id IN (SELECT id FROM events_now) AND b.quantity > 0
) GROUP BY eventId`;

export type LostRow = { readonly lost: number };

export const LOST = `SELECT count(*) AS lost FROM assets_now WHERE status = 'lost'`;

/** More than is ever shown, as much of it becomes one line. */
const READ_COUNT = 150;

/**
 * What people did last, newest first: what is down, and what this device has recorded since. An id begins with that of
 * its operation, which begins with its time, so the newest are found without going through all of them.
 */
export const ACTIVITY = `
WITH newest AS (
  SELECT id, kind, effective_at, recorded_by, asset_id, code, event_id, to_kind, to_id FROM (
    SELECT * FROM movements ORDER BY id DESC LIMIT ${READ_COUNT})
  UNION
  SELECT id, kind, effective_at, recorded_by, asset_id, code, event_id, to_kind, to_id
    FROM movements_overlay WHERE is_deleted = 0
)
SELECT m.id, m.kind, m.effective_at AS at, u.name AS who, coalesce(a.code, m.code) AS what,
       e.id AS eventId, e.name AS eventName
  FROM newest m
  LEFT JOIN users u ON u.id = m.recorded_by
  LEFT JOIN assets a ON a.id = m.asset_id
  LEFT JOIN events e ON e.id = coalesce(m.event_id, CASE m.to_kind WHEN 'event' THEN m.to_id END)
 WHERE m.kind <> 'undo'
 GROUP BY m.id
 ORDER BY m.effective_at DESC, m.id DESC`;

import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { CASES_INSIDE } from './cases-inside.ts';
import type { EventStatus } from './event-status.ts';

/** An event with how far its loading is. */
export type EventSummary = {
  readonly id: EventId;
  readonly name: string;
  readonly clientName: string;
  readonly venue: string;
  readonly status: EventStatus;
  readonly loadAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly returnAt: Instant;
  /** Units on all pull lists of the event. */
  readonly wanted: number;
  /** Wanted units that are out at the event; what is too much of one product does not make up for another. */
  readonly scanned: number;
};

/** Every event on the device by load time. `inside` holds events and the cases on them, or on vehicles for them, at any depth. */
export const EVENT_SUMMARIES = `
WITH RECURSIVE
loaded AS MATERIALIZED (
  SELECT a.id, a.product_id, a.is_case, a.for_event_id AS event_id FROM assets_now a
   WHERE a.place_id IN (SELECT id FROM vehicles) AND a.for_event_id IS NOT NULL
),
inside(event_id, place_id) AS (
  SELECT id, id FROM events_now
  UNION
  SELECT loaded.event_id, loaded.id FROM loaded WHERE loaded.is_case = 1
  UNION
  SELECT inside.event_id, member.value ${CASES_INSIDE}
),
stand_ins AS MATERIALIZED (
  SELECT f.event_id, f.asset_id, l.product_id FROM line_fillings_now f, pull_list_lines_now l WHERE l.id = f.line_id
),
out_units AS MATERIALIZED (
  SELECT a.place_id, a.id, a.product_id, 1 AS units FROM assets_now a WHERE a.place_id IN (SELECT place_id FROM inside)
  UNION ALL
  SELECT b.place_id, NULL, b.product_id, b.quantity FROM bulk_stock_now b
   WHERE b.place_id IN (SELECT place_id FROM inside) AND b.quantity > 0
),
out_counts AS (
  SELECT o.event_id, coalesce(stand_ins.product_id, o.product_id) AS product_id, sum(o.units) AS units FROM (
    SELECT inside.event_id, out_units.id, out_units.product_id, out_units.units
      FROM inside JOIN out_units ON out_units.place_id = inside.place_id
    UNION ALL SELECT loaded.event_id, loaded.id, loaded.product_id, 1 FROM loaded
  ) AS o LEFT JOIN stand_ins ON stand_ins.event_id = o.event_id AND stand_ins.asset_id = o.id
  GROUP BY 1, 2
),
wanted_counts AS (
  SELECT event_id, product_id, sum(quantity) AS units FROM pull_list_lines_now GROUP BY event_id, product_id
),
progress AS (
  SELECT w.event_id, sum(w.units) AS wanted, sum(min(w.units, coalesce(o.units, 0))) AS scanned
    FROM wanted_counts w LEFT JOIN out_counts o ON o.event_id = w.event_id AND o.product_id = w.product_id
   GROUP BY w.event_id
)
SELECT e.id, e.name, e.client_name AS clientName, e.venue, e.status, e.load_at AS loadAt,
       e.starts_at AS startsAt, e.ends_at AS endsAt, e.return_at AS returnAt,
       coalesce(p.wanted, 0) AS wanted, coalesce(p.scanned, 0) AS scanned
  FROM events_now e LEFT JOIN progress p ON p.event_id = e.id
 ORDER BY e.load_at, e.id`;

export function useEventSummaries() {
  return useLiveQuery<EventSummary>(EVENT_SUMMARIES);
}

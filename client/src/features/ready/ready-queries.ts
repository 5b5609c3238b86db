import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type RoadEvent = { readonly id: EventId; readonly name: string; readonly loadAt: Instant };

/** Events that a truck may still leave for, the next one first. One parameter: now. */
export const ROAD_EVENTS = `
SELECT id, name, load_at AS loadAt FROM events
 WHERE status IN ('confirmed', 'in_prep', 'out', 'returning') AND return_at >= ?
 ORDER BY status IN ('out', 'returning'), load_at, id LIMIT 60`;

/** What this device holds of an event. */
export type EventFacts = {
  readonly lineCount: number;
  /** Units on its lists. */
  readonly wantedCount: number;
  /** Pieces of the products on its lists. */
  readonly unitCount: number;
};

/** A piece's own code leads to it too, with or without a label. */
export type ReadyCounts = EventFacts & { readonly codeCount: number; readonly isHere: number };

/** One parameter: the event, null where none is chosen. */
export const READY_COUNTS = `
WITH chosen(id) AS (SELECT ?),
wanted AS MATERIALIZED (
  SELECT product_id, quantity FROM pull_list_lines_now WHERE event_id = (SELECT id FROM chosen)
)
SELECT (SELECT count(*) FROM assets) + (SELECT count(*) FROM labels) AS codeCount,
       EXISTS (SELECT 1 FROM events WHERE id = (SELECT id FROM chosen)) AS isHere,
       (SELECT count(*) FROM wanted) AS lineCount,
       (SELECT coalesce(sum(quantity), 0) FROM wanted) AS wantedCount,
       (SELECT count(*) FROM assets WHERE product_id IN (SELECT product_id FROM wanted)) AS unitCount`;

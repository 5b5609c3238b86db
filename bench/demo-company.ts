import type { AssetId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { BenchStack } from './bench-stack.ts';

/** Two people of the large demo company who scan. */
export const SCANNER = 'jana@nordlicht.example';
export const OBSERVER = 'emre@nordlicht.example';

export type WantedAsset = { readonly id: AssetId; readonly code: string; readonly shelfId: string };

export async function userIdOf(stack: BenchStack, email: string): Promise<UserId> {
  const [row] = await stack.query<{ id: UserId }>('SELECT id FROM users WHERE email = $1', [email]);
  if (row === undefined) throw new Error(`nobody is ${email}`);
  return row.id;
}

/** Events that are not over, the longest pull lists first. */
export async function eventsToLoad(stack: BenchStack): Promise<EventId[]> {
  const rows = await stack.query<{ id: EventId }>(
    `SELECT events.id FROM events JOIN pull_list_lines AS line ON line.event_id = events.id
      WHERE events.tenant_id = (SELECT tenant_id FROM users WHERE email = $1)
        AND events.status IN ('confirmed', 'option', 'in_prep')
      GROUP BY events.id ORDER BY sum(line.quantity) DESC, events.id`,
    [SCANNER],
  );
  return rows.map(({ id }) => id);
}

/**
 * Codes of loose assets on shelves, as an event's pull list asks for them; where that are fewer than `count`, others
 * of the same products follow, which the scan calls surplus.
 */
export async function assetsFor(stack: BenchStack, eventId: EventId, count: number): Promise<WantedAsset[]> {
  return stack.query<WantedAsset>(
    `WITH wanted AS (
       SELECT product_id, sum(quantity) AS quantity FROM pull_list_lines WHERE event_id = $1 GROUP BY product_id
     ), lying AS (
       SELECT asset.id, asset.code, asset.place_id AS "shelfId", wanted.quantity,
              row_number() OVER (PARTITION BY asset.product_id ORDER BY asset.code) AS number
         FROM assets AS asset JOIN wanted USING (product_id)
        WHERE asset.place_kind = 'location' AND asset.status = 'in_service' AND NOT asset.is_case
          AND asset.deleted_at IS NULL
     )
     SELECT id, code, "shelfId" FROM lying ORDER BY number > quantity, md5(id::text) LIMIT $2`,
    [eventId, count],
  );
}

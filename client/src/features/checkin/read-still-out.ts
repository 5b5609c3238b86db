import type { AssetId, EventId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** Something that lies on an event by itself; what is in a case comes back with the case. */
export type StillOut = { readonly id: AssetId; readonly code: string; readonly productName: string };

export type EventStillOut = {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly things: readonly StillOut[];
};

/** Read with a list of events, so that SQLite goes by the index on places instead of through all assets. */
export const THINGS_STILL_OUT = `SELECT a.id, a.code, a.place_id AS eventId, coalesce(p.name, '') AS productName
  FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.place_kind = 'event' AND a.place_id IN (SELECT value FROM json_each(?)) AND a.status <> 'lost'`;

/** What is out, by event, the event that should be back first on top. */
export async function readStillOut(replica: ReplicaReader): Promise<EventStillOut[]> {
  const events = await replica.getAll<{ id: EventId; name: string }>(
    'SELECT id, name FROM events ORDER BY return_at, name',
  );
  const things = await replica.getAll<StillOut & { readonly eventId: EventId }>(THINGS_STILL_OUT, [
    JSON.stringify(events.map(({ id }) => id)),
  ]);
  return events
    .map(({ id, name }) => ({
      eventId: id,
      eventName: name,
      things: things
        .filter(({ eventId }) => eventId === id)
        .sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true })),
    }))
    .filter((event) => event.things.length > 0);
}

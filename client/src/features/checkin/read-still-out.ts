import type { AssetId, EventId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** Something that is out by itself, at its event or on a vehicle; what is in a case comes back with the case. */
export type StillOut = { readonly id: AssetId; readonly code: string; readonly productName: string };

/** Loose pieces that are on an event. */
export type PiecesStillOut = {
  readonly productId: ProductId;
  readonly productName: string;
  readonly quantity: number;
};

export type EventStillOut = {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly things: readonly StillOut[];
  readonly pieces: readonly PiecesStillOut[];
};

export const PIECES_STILL_OUT = `SELECT b.product_id AS productId, b.place_id AS eventId, b.quantity, coalesce(p.name, '') AS productName
  FROM bulk_stock_now b LEFT JOIN products p ON p.id = b.product_id
  WHERE b.place_kind = 'event' AND b.place_id IN (SELECT value FROM json_each(?)) AND b.quantity > 0
  ORDER BY productName, b.id`;

/** Read with a list of events, so that SQLite goes by the index on places instead of through all assets. */
export const THINGS_STILL_OUT = `SELECT a.id, a.code, a.place_id AS eventId, coalesce(p.name, '') AS productName
  FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.place_kind = 'event' AND a.place_id IN (SELECT value FROM json_each(?)) AND a.status <> 'lost'
  UNION ALL SELECT a.id, a.code, a.for_event_id, coalesce(p.name, '')
  FROM assets_now a LEFT JOIN products p ON p.id = a.product_id
  WHERE a.place_id IN (SELECT id FROM vehicles) AND a.for_event_id IS NOT NULL AND a.status <> 'lost'`;

/** What is out, by event, the event that should be back first on top. */
export async function readStillOut(replica: ReplicaReader): Promise<EventStillOut[]> {
  const events = await replica.getAll<{ id: EventId; name: string }>(
    'SELECT id, name FROM events_now ORDER BY return_at, name',
  );
  const ids = JSON.stringify(events.map(({ id }) => id));
  const [things, pieces] = await Promise.all([
    replica.getAll<StillOut & { readonly eventId: EventId }>(THINGS_STILL_OUT, [ids]),
    replica.getAll<PiecesStillOut & { readonly eventId: EventId }>(PIECES_STILL_OUT, [ids]),
  ]);
  return events
    .map(({ id, name }) => ({
      eventId: id,
      eventName: name,
      pieces: pieces.filter(({ eventId }) => eventId === id),
      things: things
        .filter(({ eventId }) => eventId === id)
        .sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true })),
    }))
    .filter((event) => event.things.length + event.pieces.length > 0);
}

import type { EventId, StorageLocationId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { readAboard } from './read-aboard.ts';
import { readVehicle } from './read-fleet.ts';
import type { Aboard, Vehicle } from './truck-view.ts';

/** A place with the word that people have for it. */
export type NamedPlace = Place & { readonly name: string };

export type Unloading = {
  readonly vehicle: Vehicle;
  readonly aboard: readonly Aboard[];
  /** The venues of what is on board, then docks: where it may come off. */
  readonly places: readonly NamedPlace[];
};

/** What is to come off a vehicle, and where to; null where the vehicle is not known here. */
export async function readUnloading(replica: ReplicaReader, vehicleId: VehicleId): Promise<Unloading | null> {
  const [vehicle, { things }, docks] = await Promise.all([
    readVehicle(replica, vehicleId),
    readAboard(replica, [vehicleId]),
    replica.getAll<{ id: StorageLocationId; name: string }>(
      `SELECT id, code || ', ' || name AS name FROM storage_locations WHERE kind = 'dock' ORDER BY code`,
    ),
  ]);
  if (!vehicle) return null;
  const events = await replica.getAll<{ id: EventId; name: string }>(
    `SELECT id, CASE coalesce(venue, '') WHEN '' THEN name ELSE name || ', ' || venue END AS name FROM events_now
      WHERE id IN (SELECT value FROM json_each(?)) ORDER BY load_at`,
    [JSON.stringify([...new Set(things.flatMap(({ eventId }) => eventId ?? []))])],
  );
  return {
    vehicle,
    aboard: things,
    places: [
      ...events.map((event): NamedPlace => ({ kind: 'event', ...event })),
      ...docks.map((dock): NamedPlace => ({ kind: 'location', ...dock })),
    ],
  };
}

import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { readAboard } from './read-aboard.ts';
import type { FleetVehicle, Vehicle } from './truck-view.ts';

export const FLEET = `SELECT v.id, v.code, v.name, coalesce(v.plate, '') AS plate, v.payload_grams AS payloadGrams,
  s.on_road_since AS onRoadSince,
  CASE s.place_kind
    WHEN 'location' THEN (SELECT l.code FROM storage_locations l WHERE l.id = s.place_id)
    WHEN 'event' THEN (SELECT e.name FROM events_now e WHERE e.id = s.place_id)
  END AS placeName
  FROM vehicles v LEFT JOIN vehicle_states_now s ON s.id = v.id ORDER BY v.code`;

export const FLEET_TABLES = [
  'vehicles',
  'vehicle_states',
  'vehicle_states_overlay',
  'assets',
  'assets_overlay',
  'events',
  'events_overlay',
  'products',
];

/** All vehicles with what they carry now. */
export async function readFleet(replica: ReplicaReader): Promise<FleetVehicle[]> {
  const vehicles = await replica.getAll<Vehicle>(FLEET);
  const { things, units } = await readAboard(
    replica,
    vehicles.map(({ id }) => id),
  );
  const names = await readEventNames(
    replica,
    things.flatMap(({ eventId }) => eventId ?? []),
  );
  return vehicles.map((vehicle) => {
    const own = things.filter(({ vehicleId }) => vehicleId === vehicle.id);
    const eventIds = new Set(own.flatMap(({ eventId }) => eventId ?? []));
    return {
      ...vehicle,
      unitCount: units.filter(({ vehicleId }) => vehicleId === vehicle.id).length,
      weightGrams: own.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
      eventNames: [...eventIds].flatMap((id) => names.get(id) ?? []),
    };
  });
}

export async function readVehicle(replica: ReplicaReader, id: VehicleId): Promise<Vehicle | null> {
  const vehicles = await replica.getAll<Vehicle>(FLEET);
  return vehicles.find((vehicle) => vehicle.id === id) ?? null;
}

async function readEventNames(
  replica: ReplicaReader,
  ids: readonly EventId[],
): Promise<Map<EventId, string>> {
  const rows = await replica.getAll<{ id: EventId; name: string }>(
    'SELECT id, name FROM events_now WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify([...new Set(ids)])],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

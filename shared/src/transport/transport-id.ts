import type { EventId, VehicleId } from '#kernel/ids.ts';

/** [TP1] Names what a vehicle carries for an event. */
export function packIdOf(vehicleId: VehicleId, eventId: EventId): string {
  return `${vehicleId}:${eventId}`;
}

/** What a subject of the ledger names: a vehicle, or what it carries for an event. */
export function vehicleOfSubject(id: string): {
  readonly vehicleId: VehicleId;
  readonly eventId: EventId | null;
} {
  const [vehicleId, eventId] = id.split(':');
  return { vehicleId: vehicleId as VehicleId, eventId: (eventId ?? null) as EventId | null };
}

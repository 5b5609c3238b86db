import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AssetId, EventId, StorageLocationId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Place as PlaceMessage, PlaceSchema } from '#gen/eventkit/v1/operation_pb.ts';

/** The place that a checked message names. */
export function placeOf(message: PlaceMessage | undefined): Place {
  const place = message?.place;
  switch (place?.case) {
    case 'locationId':
      return { kind: 'location', id: uuid<StorageLocationId>(place.value) };
    case 'caseId':
      return { kind: 'case', id: uuid<AssetId>(place.value) };
    case 'eventId':
      return { kind: 'event', id: uuid<EventId>(place.value) };
    case 'vehicleId':
      return { kind: 'vehicle', id: uuid<VehicleId>(place.value) };
    case undefined:
      return missing('place');
  }
}

/** A place for the wire. */
export function placeInit(place: Place): MessageInitShape<typeof PlaceSchema> {
  switch (place.kind) {
    case 'location':
      return { place: { case: 'locationId', value: place.id } };
    case 'case':
      return { place: { case: 'caseId', value: place.id } };
    case 'event':
      return { place: { case: 'eventId', value: place.id } };
    case 'vehicle':
      return { place: { case: 'vehicleId', value: place.id } };
  }
}

/** UUIDs are compared as text everywhere: one spelling only. */
export function uuid<Id extends string = string>(text: string): Id {
  return text.toLowerCase() as Id;
}

/** Throws: the message was checked, so lacking a part is a bug. */
export function missing(part: string): never {
  throw new Error(`a checked operation lacks its ${part}`);
}

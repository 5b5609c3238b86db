import type { MessageInitShape } from '@bufbuild/protobuf';
import type { PlaceSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';

const caseByKind = {
  location: 'locationId',
  case: 'caseId',
  event: 'eventId',
  vehicle: 'vehicleId',
} as const satisfies Record<PlaceKind, string>;

/** A place as the two columns of the ledger hold it, for the wire. */
export function placeMessage(kind: PlaceKind, id: string): MessageInitShape<typeof PlaceSchema> {
  return { place: { case: caseByKind[kind], value: id } };
}

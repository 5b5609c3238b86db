import type { AttachedFile } from '#attachments/attachment.ts';
import type { AssetId, EventId, VehicleId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { LeftBehind } from './truck-pack.ts';

/** A vehicle leaves with what it carries for these events. */
export type Dispatch = {
  readonly kind: 'dispatch';
  readonly vehicleId: VehicleId;
  readonly eventIds: readonly EventId[];
};

/** A vehicle stands at a place with what it carries for these events. */
export type Arrive = {
  readonly kind: 'arrive';
  readonly vehicleId: VehicleId;
  readonly place: Place;
  readonly eventIds: readonly EventId[];
};

/** A person answers for the list of what is on board for an event. */
export type ConfirmTruckPack = {
  readonly kind: 'confirm_truck_pack';
  readonly vehicleId: VehicleId;
  readonly eventId: EventId;
  /** What the device believed on board for it, in cases too. */
  readonly contents: readonly AssetId[];
  readonly leftBehind: readonly LeftBehind[];
  /** Signatures of who answers for it and who saw it too; absent where nobody signed. */
  readonly attachments?: readonly AttachedFile[];
};

export type TransportIntent = Dispatch | Arrive | ConfirmTruckPack;

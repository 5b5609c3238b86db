import type { AssetId, EventId, ProductId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { LeftBehind } from '@eventkit/shared/transport/truck-pack.ts';
import type { ShownAttachment } from '#platform/attachments/read-attachments.ts';

export type Vehicle = {
  readonly id: VehicleId;
  readonly code: string;
  readonly name: string;
  readonly plate: string;
  readonly payloadGrams: number | null;
  /** Null while it stands. */
  readonly onRoadSince: Instant | null;
  /** Where it stands, as far as somebody said. */
  readonly placeName: string | null;
};

/** A vehicle in the list, with what it carries now. */
export type FleetVehicle = Vehicle & {
  readonly unitCount: number;
  readonly weightGrams: number;
  readonly eventNames: readonly string[];
};

/** Something that stands on the vehicle by itself. */
export type Aboard = {
  readonly id: AssetId;
  readonly code: string;
  readonly productName: string;
  readonly isCase: boolean;
  /** For a case: how many things are in it, at any depth. */
  readonly contentCount: number;
  /** With what is in it; what has no known weight counts nothing. */
  readonly weightGrams: number;
  readonly eventId: EventId | null;
};

/** Units of a product that the event wants and no vehicle carries. */
export type NotAboard = {
  readonly productId: ProductId;
  readonly productName: string;
  readonly count: number;
  /** Of these, how many went through the check-out and stand somewhere for the event. */
  readonly standingCount: number;
};

/** Something that came on or went off after the list was confirmed. */
export type ShownChange = {
  readonly kind: 'load' | 'unload';
  readonly code: string;
  readonly productName: string;
};

export type ShownConfirmation = {
  readonly byName: string | null;
  readonly signatures: readonly ShownAttachment[];
  readonly at: Instant;
  /** How many things are on the confirmed list, those in cases too. */
  readonly listCount: number;
  /** The first digits of the list's mark, to be read to one another. */
  readonly listMark: string;
  readonly contents: readonly AssetId[];
  readonly leftBehind: readonly (LeftBehind & { readonly productName: string })[];
  readonly witnesses: readonly {
    readonly byName: string | null;
    readonly at: Instant;
    readonly isSameList: boolean;
    readonly signatures: readonly ShownAttachment[];
  }[];
  readonly changes: readonly ShownChange[];
};

/** What a vehicle carries for an event. */
export type Truck = {
  readonly vehicle: Vehicle;
  readonly event: { readonly id: EventId; readonly name: string; readonly loadAt: Instant | null };
  /** For this event, the last loaded first. */
  readonly aboard: readonly Aboard[];
  /** Things on board for this event, those in cases too. */
  readonly contents: readonly AssetId[];
  readonly otherCount: number;
  readonly wantedCount: number;
  /** Of the wanted units, how many are on this or another vehicle. */
  readonly loadedCount: number;
  readonly notAboard: readonly NotAboard[];
  /** Of all that is on the vehicle, for whatever event. */
  readonly weightGrams: number;
  readonly unweighedCount: number;
  /** Null until somebody answers for the list of this trip. */
  readonly confirmation: ShownConfirmation | null;
};

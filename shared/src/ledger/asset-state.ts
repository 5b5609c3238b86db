import type { AssetId, EventId, MovementId, StorageLocationId, VehicleId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** An asset is in exactly one place. Inside a case it goes where the case goes. */
export type Place =
  | { readonly kind: 'location'; readonly id: StorageLocationId }
  | { readonly kind: 'case'; readonly id: AssetId }
  | { readonly kind: 'event'; readonly id: EventId }
  | { readonly kind: 'vehicle'; readonly id: VehicleId };

export type PlaceKind = Place['kind'];

/** Everything but `in_service` is blocked: it must not go out without a reason. */
export type AssetStatus = 'in_service' | 'quarantined' | 'in_repair' | 'lost' | 'retired';

export type AssetCondition = 'ok' | 'damaged';

/** What the fold of an asset's movements yields. */
export type AssetState = {
  readonly place: Place;
  readonly status: AssetStatus;
  readonly condition: AssetCondition;
  /** The event it is out for: the one it is at, or the one it was loaded for; null in stock and within a case. */
  readonly eventId: EventId | null;
  /** From then on it must be inspected before it goes out; null where nobody set a date. */
  readonly inspectionDueAt: Instant | null;
  /** For a case: the fact that sealed it, with the list of what was inside; null while it is open. */
  readonly sealedBy: MovementId | null;
  readonly lastMovementId: MovementId | null;
  readonly lastMovedAt: Instant | null;
};

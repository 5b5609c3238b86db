import type { AssetId, EventId, MovementId, StorageLocationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** An asset is in exactly one place. Inside a case it goes where the case goes. */
export type Place =
  | { readonly kind: 'location'; readonly id: StorageLocationId }
  | { readonly kind: 'case'; readonly id: AssetId }
  | { readonly kind: 'event'; readonly id: EventId };

export type PlaceKind = Place['kind'];

/** Everything but `in_service` is blocked: it must not go out without a reason. */
export type AssetStatus = 'in_service' | 'quarantined' | 'lost' | 'retired';

export type AssetCondition = 'ok' | 'damaged';

/** What the fold of an asset's movements yields. */
export type AssetState = {
  readonly place: Place;
  readonly status: AssetStatus;
  readonly condition: AssetCondition;
  readonly lastMovementId: MovementId | null;
  readonly lastMovedAt: Instant | null;
};

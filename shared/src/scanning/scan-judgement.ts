import type {
  AssetId,
  EventId,
  ProductId,
  PullListLineId,
  StorageLocationId,
  UserId,
  VehicleId,
} from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Disposition } from '#operations/operation.ts';
import type { EffectivePlace } from './effective-place.ts';

/** What the person is doing. */
export type ScanMode =
  | {
      readonly kind: 'check_out';
      readonly eventId: EventId;
      /** The event's pull list with what is out already, contents of cases included. */
      readonly lines: readonly LineTally[];
      /** Set when a person takes a blocked thing all the same. */
      readonly overrideReason: string | null;
    }
  | {
      readonly kind: 'check_in';
      readonly locationId: StorageLocationId;
      readonly disposition: Disposition;
    }
  | { readonly kind: 'pack'; readonly caseId: AssetId; readonly caseAt: EffectivePlace }
  | {
      readonly kind: 'load';
      readonly vehicleId: VehicleId;
      /** Null where it rides along for no event. */
      readonly eventId: EventId | null;
      /** As for a check-out; what is on its way counts as out. Empty where there is no event. */
      readonly lines: readonly LineTally[];
      readonly overrideReason: string | null;
    }
  | { readonly kind: 'unload'; readonly place: Place };

export type LineTally = {
  readonly lineId: PullListLineId;
  readonly productId: ProductId;
  readonly wantedCount: number;
  readonly outCount: number;
};

/** What the device knows of the thing behind a code. */
export type ScanSubject = {
  readonly asset: Pick<Asset, 'id' | 'productId' | 'isCase' | 'state'>;
  readonly at: EffectivePlace;
  /** True where its inspection is due by now. */
  readonly isInspectionOverdue: boolean;
  /** For a case: the product of each thing inside, at any depth. */
  readonly contentProductIds: readonly ProductId[];
  readonly lastFact: { readonly recordedBy: UserId; readonly effectiveAt: Instant } | null;
};

export type Surplus = {
  readonly productId: ProductId;
  readonly why: 'not_on_list' | 'line_full';
};

/** Why something must not go out, or in. */
export type BlockedWhy = 'quarantined' | 'in_repair' | 'inspection_overdue' | 'retired' | 'case_in_itself';

/** One of the five outcomes, with the facts that its words need, and whether it becomes an operation. */
export type ScanJudgement =
  | {
      readonly outcome: 'ok';
      readonly isRecorded: true;
      /** The line it fills; null where none asks for it, as for a case around listed things. */
      readonly lineId: PullListLineId | null;
      /** True where it counted as lost until now. */
      readonly isFound: boolean;
      /** Where it was taken from, as the device knew it. */
      readonly from: Place;
    }
  | {
      readonly outcome: 'already';
      readonly isRecorded: false;
      readonly by: UserId | null;
      readonly at: Instant | null;
    }
  | {
      readonly outcome: 'wrong_event';
      readonly isRecorded: true;
      /** The event it is still out to; null where this list is the problem. */
      readonly otherEventId: EventId | null;
      readonly surplus: readonly Surplus[];
    }
  | { readonly outcome: 'unknown'; readonly isRecorded: true }
  | {
      readonly outcome: 'blocked';
      readonly isRecorded: false;
      readonly why: BlockedWhy;
      /** True where a reason lets it go all the same. */
      readonly canOverride: boolean;
    };

import type { AssetId, DeviceId, EventId, MovementId, OperationId, UserId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Disposition, InspectionOutcome, Observed } from '#operations/operation.ts';
import type { Place } from './asset-state.ts';

/** Kinds that bring an asset somewhere. */
export type PlacingKind =
  | 'check_out'
  | 'check_in'
  | 'move'
  | 'pack'
  | 'unpack'
  | 'load'
  | 'unload'
  | 'found'
  | 'resolve'
  | 'approve_stocktake';
/** Kinds that say how an asset is, wherever it lies. */
export type StatusKind =
  | 'quarantine'
  | 'release'
  | 'retire'
  | 'repair_start'
  | 'repair_done'
  | 'inspection_result'
  | 'seal'
  | 'open';
export type MovementKind = PlacingKind | StatusKind | 'undo';

/** One physical fact about one asset. Immutable, but for which asset it was: that follows from the label's history. */
export type Movement = {
  readonly id: MovementId;
  readonly operationId: OperationId;
  /** Null while nobody knows what the code was on: then it moves nothing. */
  readonly assetId: AssetId | null;
  /** The code that was read; null where the asset was pointed out by hand. */
  readonly code: string | null;
  /** The asset that the device took it for; null where it knew none. */
  readonly namedAssetId: AssetId | null;
  readonly kind: MovementKind;
  /** When it happened, by corrected time; facts are ordered by (effectiveAt, deviceId, sequence, id). */
  readonly effectiveAt: Instant;
  readonly deviceId: DeviceId;
  readonly sequence: number;
  readonly recordedBy: UserId;
  /** Where the asset is afterwards; null for an undo, and for what says how it is. */
  readonly to: Place | null;
  readonly disposition: Disposition | null;
  /** What the device believed beforehand; null where it did not know the asset. */
  readonly observed: Observed | null;
  readonly overrideReason: string | null;
  /** For an undo: the operation whose movement of this asset no longer counts. */
  readonly undoesOperationId: OperationId | null;
  /** What the person wrote; for a quarantine and a retirement, why. */
  readonly note: string | null;
  /** For a load: the event that it is loaded for; null where it rides along for none. */
  readonly eventId: EventId | null;
  /** For an inspection: what came of it. */
  readonly outcome: InspectionOutcome | null;
  /** For an inspection passed and a repair done: when the next inspection is due. */
  readonly inspectionDueAt: Instant | null;
  /** For a case that was sealed, checked out or loaded: what the device believed inside, at any depth. */
  readonly contents: readonly AssetId[] | null;
  /** When the server first had it; null on the device that has not sent it yet. */
  readonly receivedAt: Instant | null;
};

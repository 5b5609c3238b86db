import type { AttachedFile } from '#attachments/attachment.ts';
import type { BulkIntent } from '#bulk/bulk-intents.ts';
import type { EditIntent } from '#edits/edit-intents.ts';
import type {
  AssetId,
  ConflictId,
  DeviceId,
  EventId,
  OperationId,
  PullListLineId,
  StorageLocationId,
  UserId,
  VehicleId,
} from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { LabelIntent } from '#labels/label-intents.ts';
import type { AssetStatus, Place } from '#ledger/asset-state.ts';
import type { StocktakeIntent } from '#stocktake/stocktake-intents.ts';
import type { TransportIntent } from '#transport/transport-intents.ts';

/** Raised when the meaning of an intent changes; the server understands every version ever released. */
export const OPERATION_SCHEMA_VERSION = 1;

/** Who, where and when, around what was meant. Immutable once recorded. */
export type Operation = {
  /** UUIDv7 made on the device: the idempotency key. */
  readonly id: OperationId;
  readonly deviceId: DeviceId;
  /** UUID of the local storage the operation was recorded in; a new one when that storage was lost. */
  readonly epoch: string;
  /** Gapless from 1 within one device and epoch. */
  readonly sequence: number;
  /** Hybrid logical clock on corrected time: when it happened. */
  readonly recordedAt: Instant;
  /** What the device's own clock said, uncorrected. */
  readonly wallClockAt: Instant;
  /** Server minus device clock as measured by round trips; null where it was never measured. */
  readonly clockOffsetMs: number | null;
  readonly recordedBy: UserId;
  readonly schemaVersion: number;
  readonly intent: Intent;
};

/** What the device believed about the asset when it was scanned; null where it did not know the asset. */
export type Observed = {
  readonly place: Place;
  readonly status: AssetStatus;
};

/** One scanned thing: the code as read and, where the device could resolve it, the asset behind it. */
export type ScannedAsset = {
  readonly code: string;
  readonly assetId: AssetId | null;
  readonly observed: Observed | null;
  /** Pointed out in a list, no label read: then no label's history says what it was. Absent where a code was read. */
  readonly isByHand?: true;
};

export type Disposition = 'ok' | 'damaged' | 'lost' | 'consumed';

export type InspectionOutcome = 'passed' | 'failed';

export type CheckOut = {
  readonly kind: 'check_out';
  readonly asset: ScannedAsset;
  readonly eventId: EventId;
  /** Why a blocked asset went out all the same; null in the usual case. */
  readonly overrideReason: string | null;
  /** For a case: what the device believed inside, at any depth. */
  readonly contents?: readonly AssetId[];
};

export type CheckIn = {
  readonly kind: 'check_in';
  readonly asset: ScannedAsset;
  readonly locationId: StorageLocationId;
  readonly disposition: Disposition;
  readonly note: string | null;
  /** Photos of what is wrong with it; absent where there are none, as in all that older versions recorded. */
  readonly attachments?: readonly AttachedFile[];
};

export type Move = {
  readonly kind: 'move';
  readonly asset: ScannedAsset;
  readonly locationId: StorageLocationId;
};

/** All members go in, or none. */
export type Pack = {
  readonly kind: 'pack';
  readonly caseId: AssetId;
  readonly members: readonly ScannedAsset[];
};

/** All members come out, or none; they then lie at `locationId`, or where the case is when that is null. */
export type Unpack = {
  readonly kind: 'unpack';
  readonly caseId: AssetId;
  readonly members: readonly ScannedAsset[];
  readonly locationId: StorageLocationId | null;
  /** Where the device believed the case to be; needed when `locationId` is null, null otherwise. */
  readonly casePlace: Place | null;
};

/** Held back until a person releases it, wherever it lies. */
export type Quarantine = {
  readonly kind: 'quarantine';
  readonly asset: ScannedAsset;
  readonly reason: string;
  /** Photos of why; absent where there are none. */
  readonly attachments?: readonly AttachedFile[];
};

/** Looked at and found fit to go out again. */
export type Release = {
  readonly kind: 'release';
  readonly asset: ScannedAsset;
  /** What was done to it or found; null when nothing was said. */
  readonly note: string | null;
};

/** Sold, scrapped or given away: for good. */
export type Retire = {
  readonly kind: 'retire';
  readonly asset: ScannedAsset;
  readonly reason: string;
};

/** A person looked at a conflict and says where the thing is; one of the claims, or what stands already. */
export type Resolve = {
  readonly kind: 'resolve';
  readonly asset: ScannedAsset;
  readonly conflictId: ConflictId;
  readonly place: Place;
};

/** Onto a vehicle. A case brings what is in it. */
export type Load = {
  readonly kind: 'load';
  readonly asset: ScannedAsset;
  readonly vehicleId: VehicleId;
  /** The event that it is taken to or brought back from; null where it rides along for none. */
  readonly eventId: EventId | null;
  /** Why a blocked asset was loaded all the same; null in the usual case. */
  readonly overrideReason: string | null;
  /** For a case: what the device believed inside, at any depth. */
  readonly contents?: readonly AssetId[];
};

/** Off a vehicle, to an event or into stock. */
export type Unload = {
  readonly kind: 'unload';
  readonly asset: ScannedAsset;
  readonly vehicleId: VehicleId;
  /** What the device believed it was loaded for; null for none. */
  readonly eventId: EventId | null;
  readonly place: Place;
};

/** Seen at a place, though it counted as lost or elsewhere. */
export type FoundAgain = {
  readonly kind: 'found';
  readonly asset: ScannedAsset;
  readonly place: Place;
  readonly note: string | null;
};

export type RepairStart = {
  readonly kind: 'repair_start';
  readonly asset: ScannedAsset;
  readonly note: string | null;
};

export type RepairDone = {
  readonly kind: 'repair_done';
  readonly asset: ScannedAsset;
  readonly note: string | null;
  /** Null leaves the date as it was. */
  readonly inspectionDueAt: Instant | null;
};

export type InspectionResult = {
  readonly kind: 'inspection_result';
  readonly asset: ScannedAsset;
  readonly outcome: InspectionOutcome;
  /** What was inspected, and what was found. */
  readonly note: string;
  /** When the next one is due, where this was passed; null where none is needed. */
  readonly inspectionDueAt: Instant | null;
};

/** A case is closed: what is inside is what the list says. */
export type Seal = {
  readonly kind: 'seal';
  readonly asset: ScannedAsset;
  /** What the device believed inside, at any depth. */
  readonly contents: readonly AssetId[];
};

export type Open = {
  readonly kind: 'open';
  readonly asset: ScannedAsset;
};

/**
 * What is out for an event stands in for something that its pull list asks for: it fills a line of another product. Null:
 * it stands in for nothing any more.
 */
export type FillLine = {
  readonly kind: 'fill_line';
  readonly assetId: AssetId;
  readonly eventId: EventId;
  readonly lineId: PullListLineId | null;
};

/** Takes an earlier operation of the same device back by a new entry; the log keeps both. */
export type Undo = {
  readonly kind: 'undo';
  readonly operationId: OperationId;
};

export type Intent =
  | CheckOut
  | CheckIn
  | Move
  | Pack
  | Unpack
  | Quarantine
  | Release
  | Retire
  | Resolve
  | BulkIntent
  | TransportIntent
  | Load
  | Unload
  | FoundAgain
  | RepairStart
  | RepairDone
  | InspectionResult
  | Seal
  | Open
  | EditIntent
  | LabelIntent
  | FillLine
  | StocktakeIntent
  | Undo;
export type IntentKind = Intent['kind'];

/** What is said of things that are not single assets: its facts stand in a subject ledger. */
export type SubjectIntent =
  | BulkIntent
  | LabelIntent
  | FillLine
  | TransportIntent
  | EditIntent
  | StocktakeIntent;
/** What is said of single assets. */
export type AssetIntent = Exclude<Intent, SubjectIntent | Undo>;

/**
 * applied: it stands. superseded: true, but something newer stands, or somebody had done it already.
 * conflicted: it stands or is kept, and a conflict is open. refused: without right or against a rule, no effect.
 */
export type Verdict = 'applied' | 'superseded' | 'conflicted' | 'refused';

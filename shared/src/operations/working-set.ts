import { distinct } from '#kernel/distinct.ts';
import type {
  AssetId,
  EventId,
  MovementId,
  OperationId,
  ProductId,
  StorageLocationId,
  VehicleId,
} from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { HistoryPart } from '#ledger/kept-standing.ts';
import type { Movement } from '#ledger/movement.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';
import type { Verdict } from './operation.ts';
import type { SubjectRow, SubjectState } from './subject-state.ts';

/** The rows that an operation needs to be decided: what `reads` names and an executor loads (and locks). */
export type ReadRequest = {
  readonly assetIds: readonly AssetId[];
  /** Codes that were read: the history of their labels may say what they were on. */
  readonly codes: readonly string[];
  /** Those of them that the device could not resolve. */
  readonly unnamedCodes: readonly string[];
  /** Operations whose movements are to be taken back. */
  readonly operationIds: readonly OperationId[];
  readonly eventIds: readonly EventId[];
  readonly locationIds: readonly StorageLocationId[];
  readonly productIds: readonly ProductId[];
  readonly vehicleIds: readonly VehicleId[];
  /** With those that the operations to be taken back spoke of. */
  readonly subjects: readonly Subject[];
};

/** The rows of nothing; for what an operation does not need. */
export const readNothing: ReadRequest = {
  assetIds: [],
  codes: [],
  unnamedCodes: [],
  operationIds: [],
  eventIds: [],
  locationIds: [],
  productIds: [],
  vehicleIds: [],
  subjects: [],
};

/** One request for several operations, each name once. */
export function joinReads(requests: readonly ReadRequest[]): ReadRequest {
  return {
    assetIds: distinct(requests.flatMap(({ assetIds }) => assetIds)),
    codes: distinct(requests.flatMap(({ codes }) => codes)),
    unnamedCodes: distinct(requests.flatMap(({ unnamedCodes }) => unnamedCodes)),
    operationIds: distinct(requests.flatMap(({ operationIds }) => operationIds)),
    eventIds: distinct(requests.flatMap(({ eventIds }) => eventIds)),
    locationIds: distinct(requests.flatMap(({ locationIds }) => locationIds)),
    productIds: distinct(requests.flatMap(({ productIds }) => productIds)),
    vehicleIds: distinct(requests.flatMap(({ vehicleIds }) => vehicleIds)),
    subjects: distinctSubjects(requests.flatMap(({ subjects }) => subjects)),
  };
}

function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

/**
 * The rows at hand while a batch is decided. An executor loads for every asset of the request (those behind its
 * codes and operations included): the asset, all its movements and its conflicts; and where it is a case, the
 * same for every case that it was ever put into (its baseline, `to` of its movements), and so on outwards from
 * each of those. What lies or lay inside a case need not be loaded. More than that does no harm.
 *
 * For codes it loads the label (as a subject) and the assets that the label was ever on; where no fact is known of the
 * label and the device named the asset, nothing of it is needed. Where the facts of a label may change (it is a subject
 * of the request, or of an operation to be taken back), and for operations to be taken back: every movement of each
 * operation that read the code, and of the undos of these, with all that their codes and assets ask for.
 */
export type WorkingSet = {
  readonly assetsById: Map<AssetId, Asset>;
  readonly movementsByAssetId: Map<AssetId, readonly Movement[]>;
  /** [LG27] Assets of which only this part of their movements is here, with the undos of these. Never a case. */
  readonly partsByAssetId: Map<AssetId, HistoryPart>;
  readonly conflictsByAssetId: Map<AssetId, readonly Conflict[]>;
  /** The asset whose own code it is, whatever labels say. */
  readonly assetIdsByCode: Map<string, AssetId>;
  /** Movements of which nobody knows yet what they are about. */
  readonly waitingMovements: Map<MovementId, Movement>;
  readonly assetIdsByOperationId: Map<OperationId, readonly AssetId[]>;
  /** Those of the request that exist in this tenant. */
  readonly knownEventIds: Set<EventId>;
  readonly knownLocationIds: Set<StorageLocationId>;
  readonly knownProductIds: Set<ProductId>;
  readonly knownVehicleIds: Set<VehicleId>;
  /** By `subjectKey`; a subject of which nothing is known yet may be missing. */
  readonly subjectsByKey: Map<string, SubjectState>;
  /** Of the operations to be taken back. */
  readonly subjectsByOperationId: Map<OperationId, readonly Subject[]>;
};

export function emptyWorkingSet(): WorkingSet {
  return {
    assetsById: new Map(),
    movementsByAssetId: new Map(),
    partsByAssetId: new Map(),
    conflictsByAssetId: new Map(),
    assetIdsByCode: new Map(),
    waitingMovements: new Map(),
    assetIdsByOperationId: new Map(),
    knownEventIds: new Set(),
    knownLocationIds: new Set(),
    knownProductIds: new Set(),
    subjectsByKey: new Map(),
    subjectsByOperationId: new Map(),
    knownVehicleIds: new Set(),
  };
}

/** A movement that turned out to be about another asset than the one it was counted for. */
export type Retargeted = { readonly fromAssetId: AssetId | null; readonly movement: Movement };

/**
 * Whole rows: an executor writes them as they are, what goes before what comes: a conflict that is now about another
 * asset does both. Of a movement nothing changes but what it is about.
 */
export type Effects = {
  readonly assets: readonly Asset[];
  /** New ones. */
  readonly movements: readonly Movement[];
  readonly retargeted: readonly Retargeted[];
  readonly conflicts: readonly Conflict[];
  readonly vanishedConflicts: readonly Conflict[];
  /** New facts of subject ledgers and what they amount to. */
  readonly subjectRows: readonly SubjectRow[];
  /**
   * [LG27] Assets whose change reaches beyond the part of their history that was at hand. Where there is one, nothing of
   * this counts: the operation is to be decided again with their whole histories.
   */
  readonly cutShortIds: readonly AssetId[];
};

export const noEffects: Effects = {
  assets: [],
  movements: [],
  retargeted: [],
  conflicts: [],
  vanishedConflicts: [],
  subjectRows: [],
  cutShortIds: [],
};

export type Reason =
  | 'already_there'
  | 'newer_fact_stands'
  | 'conflict_open'
  | 'unknown_code'
  | 'unknown_asset'
  | 'unknown_event'
  | 'unknown_location'
  | 'unknown_product'
  | 'label_moved'
  | 'leads_nowhere'
  | 'unknown_vehicle'
  | 'unknown_row'
  | 'invalid_value'
  | 'no_permission'
  | 'person_unproven'
  | 'not_a_case'
  | 'not_closed'
  | 'not_reviewed'
  | 'second_person_needed'
  | 'nothing_to_undo';

/** What an operation does, and what is said of it. `reason` is a key for words, null when plainly applied. */
export type Decision = {
  readonly effects: Effects;
  readonly verdict: Verdict;
  readonly reason: Reason | null;
};

/** What the executor knows beside the rows. */
export type DecisionContext = {
  /** `recordedAt`, or the time of receipt where that is earlier: nothing happens in the future. */
  readonly effectiveAt: Instant;
  /** Null on a device. */
  readonly receivedAt: Instant | null;
};

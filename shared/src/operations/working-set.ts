import type { AssetId, EventId, OperationId, ProductId, StorageLocationId, VehicleId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';
import type { Verdict } from './operation.ts';
import type { SubjectRow, SubjectState } from './subject-state.ts';

/** The rows that an operation needs to be decided: what `reads` names and an executor loads (and locks). */
export type ReadRequest = {
  readonly assetIds: readonly AssetId[];
  /** Codes that the device could not resolve, to be looked up among the labels. */
  readonly codes: readonly string[];
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
    operationIds: distinct(requests.flatMap(({ operationIds }) => operationIds)),
    eventIds: distinct(requests.flatMap(({ eventIds }) => eventIds)),
    locationIds: distinct(requests.flatMap(({ locationIds }) => locationIds)),
    productIds: distinct(requests.flatMap(({ productIds }) => productIds)),
    vehicleIds: distinct(requests.flatMap(({ vehicleIds }) => vehicleIds)),
    subjects: distinctSubjects(requests.flatMap(({ subjects }) => subjects)),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

/**
 * The rows at hand while a batch is decided. An executor loads for every asset of the request (those behind its
 * codes and operations included): the asset, all its movements and its conflicts; and where it is a case, the
 * same for every case that it was ever put into (its baseline, `to` of its movements), and so on outwards from
 * each of those. What lies or lay inside a case need not be loaded. More than that does no harm.
 */
export type WorkingSet = {
  readonly assetsById: Map<AssetId, Asset>;
  readonly movementsByAssetId: Map<AssetId, readonly Movement[]>;
  readonly conflictsByAssetId: Map<AssetId, readonly Conflict[]>;
  readonly assetIdsByCode: Map<string, AssetId>;
  readonly assetIdsByOperationId: Map<OperationId, readonly AssetId[]>;
  /** Unknown codes that the operations to be taken back left open; only those of the deciding device. */
  readonly unknownCodesByOperationId: Map<OperationId, readonly Conflict[]>;
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
    conflictsByAssetId: new Map(),
    assetIdsByCode: new Map(),
    assetIdsByOperationId: new Map(),
    unknownCodesByOperationId: new Map(),
    knownEventIds: new Set(),
    knownLocationIds: new Set(),
    knownProductIds: new Set(),
    subjectsByKey: new Map(),
    subjectsByOperationId: new Map(),
    knownVehicleIds: new Set(),
  };
}

/** Whole rows: an executor writes them as they are. Movements are only ever added. */
export type Effects = {
  readonly assets: readonly Asset[];
  readonly movements: readonly Movement[];
  readonly conflicts: readonly Conflict[];
  readonly vanishedConflicts: readonly Conflict[];
  /** New facts of subject ledgers and what they amount to. */
  readonly subjectRows: readonly SubjectRow[];
};

export const noEffects: Effects = {
  assets: [],
  movements: [],
  conflicts: [],
  vanishedConflicts: [],
  subjectRows: [],
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
  | 'leads_nowhere'
  | 'unknown_vehicle'
  | 'unknown_row'
  | 'invalid_value'
  | 'no_permission'
  | 'not_a_case'
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

import type { AssetId, EventId, OperationId, StorageLocationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import type { Verdict } from './operation.ts';

/** The rows that an operation needs to be decided: what `reads` names and an executor loads (and locks). */
export type ReadRequest = {
  readonly assetIds: readonly AssetId[];
  /** Codes that the device could not resolve, to be looked up among the labels. */
  readonly codes: readonly string[];
  /** Operations whose movements are to be taken back. */
  readonly operationIds: readonly OperationId[];
  readonly eventIds: readonly EventId[];
  readonly locationIds: readonly StorageLocationId[];
};

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
  };
}

/** Whole rows: an executor writes them as they are. Movements are only ever added. */
export type Effects = {
  readonly assets: readonly Asset[];
  readonly movements: readonly Movement[];
  readonly conflicts: readonly Conflict[];
  readonly vanishedConflicts: readonly Conflict[];
};

export type Reason =
  | 'already_there'
  | 'newer_fact_stands'
  | 'conflict_open'
  | 'unknown_code'
  | 'unknown_asset'
  | 'unknown_event'
  | 'unknown_location'
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

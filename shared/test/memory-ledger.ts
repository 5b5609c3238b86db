import type { AssetId, EventId, ProductId, StorageLocationId, VehicleId } from '#kernel/ids.ts';
import { applyEffects } from '#operations/apply-effects.ts';
import { casesEverAround } from '#operations/cases-around.ts';
import { decideOperation } from '#operations/decide-operation.ts';
import type { Operation } from '#operations/operation.ts';
import { readsOf } from '#operations/reads-of.ts';
import {
  type Decision,
  type DecisionContext,
  emptyWorkingSet,
  type ReadRequest,
  type WorkingSet,
} from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';

/** Everything a tenant has; a working set that lacks nothing. */
export type MemoryLedger = WorkingSet;

/** Decides one operation as an executor does: loads what it reads, decides, writes the effects. */
export function executeInMemory(
  ledger: MemoryLedger,
  operation: Operation,
  context: DecisionContext,
): Decision {
  const decision = decideOperation(operation, loadWorkingSet(ledger, operation), context);
  applyEffects(ledger, decision.effects);
  return decision;
}

/** Exactly what the contract of `WorkingSet` asks an executor to load, and nothing beyond. */
export function loadWorkingSet(ledger: MemoryLedger, operation: Operation): WorkingSet {
  const request = readsOf(operation);
  const loaded = emptyWorkingSet();
  for (const code of request.codes) copy(ledger.assetIdsByCode, loaded.assetIdsByCode, code);
  for (const id of request.operationIds) {
    copy(ledger.assetIdsByOperationId, loaded.assetIdsByOperationId, id);
    copy(ledger.unknownCodesByOperationId, loaded.unknownCodesByOperationId, id);
    copy(ledger.subjectsByOperationId, loaded.subjectsByOperationId, id);
  }
  const undone = [...loaded.subjectsByOperationId.values()].flat();
  for (const subject of [...request.subjects, ...undone]) {
    copy(ledger.subjectsByKey, loaded.subjectsByKey, subjectKey(subject));
  }
  loadPlaces(ledger, loaded, request);
  const wanted = new Set<AssetId>([
    ...request.assetIds,
    ...loaded.assetIdsByCode.values(),
    ...[...loaded.assetIdsByOperationId.values()].flat(),
  ]);
  for (const id of wanted) {
    copy(ledger.assetsById, loaded.assetsById, id);
    copy(ledger.movementsByAssetId, loaded.movementsByAssetId, id);
    copy(ledger.conflictsByAssetId, loaded.conflictsByAssetId, id);
    const asset = ledger.assetsById.get(id);
    if (asset === undefined || !asset.isCase) continue;
    for (const around of casesEverAround(asset, ledger.movementsByAssetId.get(id) ?? [])) wanted.add(around);
  }
  return loaded;
}

function loadPlaces(ledger: MemoryLedger, loaded: WorkingSet, request: ReadRequest): void {
  const known = <Id extends EventId | ProductId | StorageLocationId | VehicleId>(
    all: Set<Id>,
    ids: readonly Id[],
    into: Set<Id>,
  ) => {
    for (const id of ids) if (all.has(id)) into.add(id);
  };
  known(ledger.knownEventIds, request.eventIds, loaded.knownEventIds);
  known(ledger.knownLocationIds, request.locationIds, loaded.knownLocationIds);
  known(ledger.knownProductIds, request.productIds, loaded.knownProductIds);
  known(ledger.knownVehicleIds, request.vehicleIds, loaded.knownVehicleIds);
}

function copy<Key, Value>(from: Map<Key, Value>, to: Map<Key, Value>, key: Key): void {
  const value = from.get(key);
  if (value !== undefined) to.set(key, value);
}

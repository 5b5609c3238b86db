import type { AssetId, EventId, OperationId, ProductId, StorageLocationId, VehicleId } from '#kernel/ids.ts';
import { assetsOfReadings, changingLabels, codesToLoad } from '#labels/readings-to-load.ts';
import type { Movement } from '#ledger/movement.ts';
import { applyEffects } from '#operations/apply-effects.ts';
import { casesEverAround } from '#operations/cases-around.ts';
import { decideOperation } from '#operations/decide-operation.ts';
import type { Operation } from '#operations/operation.ts';
import { readsOf } from '#operations/reads-of.ts';
import { rowsOf, type SubjectState, unknownSubject } from '#operations/subject-state.ts';
import {
  type Decision,
  type DecisionContext,
  emptyWorkingSet,
  joinReads,
  type ReadRequest,
  type WorkingSet,
} from '#operations/working-set.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';

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

/** Decides several at once as an executor does a batch: one working set, loaded for all of them, that each finds changed. */
export function executeBatchInMemory(
  ledger: MemoryLedger,
  operations: readonly Operation[],
  contextOf: (operation: Operation) => DecisionContext,
): void {
  const loaded = loadRequested(ledger, joinReads(operations.map(readsOf)));
  for (const operation of operations) {
    const { effects } = decideOperation(operation, loaded, contextOf(operation));
    applyEffects(loaded, effects);
    applyEffects(ledger, effects);
  }
}

/** Exactly what the contract of `WorkingSet` asks an executor to load, and nothing beyond. */
export function loadWorkingSet(ledger: MemoryLedger, operation: Operation): WorkingSet {
  return loadRequested(ledger, readsOf(operation));
}

function loadRequested(ledger: MemoryLedger, request: ReadRequest): WorkingSet {
  const loaded = emptyWorkingSet();
  for (const id of request.operationIds) {
    copy(ledger.assetIdsByOperationId, loaded.assetIdsByOperationId, id);
    copy(ledger.subjectsByOperationId, loaded.subjectsByOperationId, id);
  }
  const subjects = [...request.subjects, ...[...loaded.subjectsByOperationId.values()].flat()];
  const readBefore = movementsReadBefore(ledger, subjects, request.operationIds);
  for (const movement of readBefore) {
    if (movement.assetId === null) loaded.waitingMovements.set(movement.id, movement);
  }
  const withFacts = request.codes.filter((code) => rowsOf(labelOf(ledger, code), 'label_facts').length > 0);
  const codes = codesToLoad(request, withFacts, subjects, readBefore);
  for (const code of codes) copy(ledger.assetIdsByCode, loaded.assetIdsByCode, code);
  for (const subject of [...subjects, ...codes.map((id) => ({ ledger: 'labels' as const, id }))]) {
    copy(ledger.subjectsByKey, loaded.subjectsByKey, subjectKey(subject));
  }
  loadPlaces(ledger, loaded, request);
  const wanted = new Set<AssetId>([
    ...request.assetIds,
    ...assetsOfReadings(codes, readBefore, loaded),
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

/** What was read by labels that may change, or is to be taken back: whole operations, and the undos of these. */
function movementsReadBefore(
  ledger: MemoryLedger,
  subjects: readonly Subject[],
  operationIds: readonly OperationId[],
): Movement[] {
  if (operationIds.length === 0 && changingLabels(subjects).length === 0) return [];
  const all = [...ledger.waitingMovements.values(), ...[...ledger.movementsByAssetId.values()].flat()];
  const codes = new Set(changingLabels(subjects));
  const touched = new Set<OperationId | null>([
    ...operationIds,
    ...all.flatMap(({ code, operationId }) => (code !== null && codes.has(code) ? [operationId] : [])),
  ]);
  return all.filter(
    ({ operationId, undoesOperationId }) =>
      touched.has(operationId) || touched.has(undoesOperationId ?? null),
  );
}

function labelOf(ledger: MemoryLedger, code: string): SubjectState {
  return ledger.subjectsByKey.get(subjectKey({ ledger: 'labels', id: code })) ?? unknownSubject;
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

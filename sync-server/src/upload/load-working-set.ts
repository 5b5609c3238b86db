import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type {
  AssetId,
  DeviceId,
  EventId,
  OperationId,
  StorageLocationId,
} from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import {
  emptyWorkingSet,
  type ReadRequest,
  type WorkingSet,
} from '@eventkit/shared/operations/working-set.ts';
import {
  type ConflictRow,
  conflictOfRow,
  type MovementRow,
  movementOfRow,
} from '@eventkit/shared/schema/ledger-rows.ts';
import { selectedColumns } from './ledger-columns.ts';
import { lockAssets } from './lock-assets.ts';

/** Whose rows, and for whose device. */
export type Deciding = { readonly tenantId: string; readonly deviceId: DeviceId };

/**
 * Loads and locks what a batch of operations needs, in a few statements whatever its size. Assets are locked in the
 * order of their ids, so that two batches that share assets wait for one another instead of blocking each other.
 */
export async function loadWorkingSet(
  tx: TenantTransaction,
  deciding: Deciding,
  operations: readonly Operation[],
): Promise<WorkingSet> {
  const reads = readsOfAll(operations);
  const workingSet = emptyWorkingSet();
  await loadCodes(tx, deciding, reads.codes, workingSet);
  await loadUndone(tx, deciding, reads.operationIds, workingSet);
  const wanted = new Set<AssetId>([
    ...reads.assetIds,
    ...workingSet.assetIdsByCode.values(),
    ...[...workingSet.assetIdsByOperationId.values()].flat(),
  ]);
  for (const asset of await lockAssets(tx, deciding.tenantId, wanted)) {
    workingSet.assetsById.set(asset.id, asset);
  }
  await loadHistory(tx, deciding, workingSet);
  await loadPlaces(tx, deciding, reads, workingSet);
  return workingSet;
}

function readsOfAll(operations: readonly Operation[]): ReadRequest {
  const all = operations.map(readsOf);
  return {
    assetIds: distinct(all.flatMap((reads) => reads.assetIds)),
    codes: distinct(all.flatMap((reads) => reads.codes)),
    operationIds: distinct(all.flatMap((reads) => reads.operationIds)),
    eventIds: distinct(all.flatMap((reads) => reads.eventIds)),
    locationIds: distinct(all.flatMap((reads) => reads.locationIds)),
  };
}

async function loadCodes(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  codes: readonly string[],
  { assetIdsByCode }: WorkingSet,
): Promise<void> {
  if (codes.length === 0) return;
  const { rows } = await tx.query<{ value: string; asset_id: AssetId }>(SELECT_LABELS, [tenantId, codes]);
  for (const row of rows) assetIdsByCode.set(row.value, row.asset_id);
}

async function loadUndone(
  tx: TenantTransaction,
  { tenantId, deviceId }: Deciding,
  operationIds: readonly OperationId[],
  { assetIdsByOperationId, unknownCodesByOperationId }: WorkingSet,
): Promise<void> {
  if (operationIds.length === 0) return;
  const movements = await tx.query<{ operation_id: OperationId; asset_ids: AssetId[] }>(SELECT_MOVED_BY, [
    tenantId,
    operationIds,
  ]);
  for (const row of movements.rows) assetIdsByOperationId.set(row.operation_id, row.asset_ids);
  const conflicts = await tx.query<ConflictRow>(SELECT_UNKNOWN_CODES, [tenantId, operationIds, deviceId]);
  for (const conflict of conflicts.rows.map(conflictOfRow)) {
    if (conflict.operationId !== null) append(unknownCodesByOperationId, conflict.operationId, conflict);
  }
}

async function loadHistory(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  { assetsById, movementsByAssetId, conflictsByAssetId }: WorkingSet,
): Promise<void> {
  if (assetsById.size === 0) return;
  const ids = [...assetsById.keys()];
  const movements = await tx.query<MovementRow>(SELECT_MOVEMENTS, [tenantId, ids]);
  for (const movement of movements.rows.map(movementOfRow)) {
    append(movementsByAssetId, movement.assetId, movement);
  }
  const conflicts = await tx.query<ConflictRow>(SELECT_CONFLICTS, [tenantId, ids]);
  for (const conflict of conflicts.rows.map(conflictOfRow)) {
    if (conflict.assetId !== null) append(conflictsByAssetId, conflict.assetId, conflict);
  }
}

async function loadPlaces(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  { eventIds, locationIds }: ReadRequest,
  { knownEventIds, knownLocationIds }: WorkingSet,
): Promise<void> {
  if (eventIds.length + locationIds.length === 0) return;
  const { rows } = await tx.query<
    { event_id: EventId; location_id: null } | { event_id: null; location_id: StorageLocationId }
  >(SELECT_PLACES, [tenantId, eventIds, locationIds]);
  for (const row of rows) {
    if (row.event_id !== null) knownEventIds.add(row.event_id);
    else knownLocationIds.add(row.location_id);
  }
}

function append<Key, Value>(valuesByKey: Map<Key, readonly Value[]>, key: Key, value: Value): void {
  const values = valuesByKey.get(key);
  if (values === undefined) valuesByKey.set(key, [value]);
  else (values as Value[]).push(value);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

const SELECT_LABELS = `
  SELECT value, asset_id FROM labels
  WHERE tenant_id = $1 AND value = ANY($2) AND asset_id IS NOT NULL AND deleted_at IS NULL`;

const SELECT_MOVED_BY = `
  SELECT operation_id, array_agg(asset_id) AS asset_ids FROM movements
  WHERE tenant_id = $1 AND operation_id = ANY($2) GROUP BY operation_id`;

/** Only what the same device saw: nobody takes back the sighting of another. */
const SELECT_UNKNOWN_CODES = `
  SELECT ${selectedColumns('conflicts', 'c')} FROM conflicts c
  JOIN operations o ON o.tenant_id = c.tenant_id AND o.id = c.operation_id
  WHERE c.tenant_id = $1 AND c.id = ANY(SELECT 'unknown_code:' || unnest($2::uuid[])) AND o.device_id = $3`;

const SELECT_MOVEMENTS = `
  SELECT ${selectedColumns('movements', 'm')} FROM movements m WHERE m.tenant_id = $1 AND m.asset_id = ANY($2)`;

const SELECT_CONFLICTS = `
  SELECT ${selectedColumns('conflicts', 'c')} FROM conflicts c WHERE c.tenant_id = $1 AND c.asset_id = ANY($2)`;

const SELECT_PLACES = `
  SELECT id AS event_id, NULL::uuid AS location_id FROM events WHERE tenant_id = $1 AND id = ANY($2)
  UNION ALL
  SELECT NULL, id FROM storage_locations WHERE tenant_id = $1 AND id = ANY($3)`;

import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import type { ReadRequest } from '@eventkit/shared/operations/working-set.ts';
import type { Replica, ReplicaTransaction } from '#platform/replica/replica.ts';
import { loadWorkingSet } from './load-working-set.ts';
import { writeOverlay } from './write-overlay.ts';

/**
 * Decides the pending operations again whose rows changed below them, in their order and in one transaction, so
 * that nobody sees a guess half made. Their instants, numbers and bytes stay. Returns how many it were.
 */
export async function redecidePending(replica: Replica): Promise<number> {
  if ((await replica.getOptional('SELECT 1 FROM overlay_dirty LIMIT 1')) === null) return 0;
  return replica.writeTransaction(async (tx) => {
    const operations = await readTouched(tx);
    await tx.execute('DELETE FROM overlay_dirty');
    await clearOverlay(tx, operations);
    const workingSet = await loadWorkingSet(tx, operations.map(readsOf).reduce(joinReads, readNothing));
    for (const operation of operations) {
      const { effects } = decideOperation(operation, workingSet, {
        effectiveAt: operation.recordedAt,
        receivedAt: null,
      });
      applyEffects(workingSet, effects);
      await writeOverlay(tx, operation.id, effects);
    }
    return operations.length;
  });
}

type TouchRow = { readonly operation: string; readonly asset_ids: string };

/**
 * Pending operations about a dirty asset, and those about assets that these are about too, and so on: a guess may
 * stand on any earlier one that shares an asset with it.
 */
async function readTouched(tx: ReplicaTransaction): Promise<Operation[]> {
  const dirty = await tx.getAll<{ asset_id: AssetId }>('SELECT DISTINCT asset_id FROM overlay_dirty');
  const pending = (
    await tx.getAll<TouchRow>(
      `SELECT operation,
         (SELECT json_group_array(DISTINCT asset_id) FROM movements_overlay
           WHERE pending_operation_id = outbox.operation_id) AS asset_ids
        FROM outbox ORDER BY sequence`,
    )
  ).map((row) => {
    const operation = JSON.parse(row.operation) as Operation;
    return {
      operation,
      assetIds: [...readsOf(operation).assetIds, ...(JSON.parse(row.asset_ids) as AssetId[])],
    };
  });
  const touchedAssetIds = new Set(dirty.map((row) => row.asset_id));
  const touched = new Set<Operation>();
  for (let before = -1; before !== touched.size; ) {
    before = touched.size;
    for (const { operation, assetIds } of pending) {
      if (touched.has(operation) || !assetIds.some((id) => touchedAssetIds.has(id))) continue;
      touched.add(operation);
      for (const id of assetIds) touchedAssetIds.add(id);
    }
  }
  return pending.map(({ operation }) => operation).filter((operation) => touched.has(operation));
}

async function clearOverlay(tx: ReplicaTransaction, operations: readonly Operation[]): Promise<void> {
  const ids = JSON.stringify(operations.map(({ id }): OperationId => id));
  for (const table of ['assets_overlay', 'movements_overlay', 'conflicts_overlay']) {
    await tx.execute(`DELETE FROM ${table} WHERE pending_operation_id IN (SELECT value FROM json_each(?))`, [
      ids,
    ]);
  }
}

const readNothing: ReadRequest = {
  assetIds: [],
  codes: [],
  operationIds: [],
  eventIds: [],
  locationIds: [],
};

function joinReads(a: ReadRequest, b: ReadRequest): ReadRequest {
  return {
    assetIds: [...a.assetIds, ...b.assetIds],
    codes: [...a.codes, ...b.codes],
    operationIds: [...a.operationIds, ...b.operationIds],
    eventIds: [...a.eventIds, ...b.eventIds],
    locationIds: [...a.locationIds, ...b.locationIds],
  };
}

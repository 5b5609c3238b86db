import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Effects } from '@eventkit/shared/operations/working-set.ts';
import { columnsOf, overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { rowOfAsset, rowOfConflict, rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import type { OverlaidTableName } from '@eventkit/shared/schema/synced-tables.ts';
import type { ReplicaTransaction } from '#platform/replica/replica.ts';

/** Lays what an operation is guessed to do over the server's rows, until its verdict is here. */
export async function writeOverlay(
  tx: Pick<ReplicaTransaction, 'execute'>,
  operationId: OperationId,
  effects: Effects,
): Promise<void> {
  await insertRows(tx, 'assets', operationId, effects.assets.map(rowOfAsset));
  await layWhatReadingsLeft(tx, operationId, effects);
  const retargeted = effects.retargeted.map(({ movement }) => movement);
  await insertRows(tx, 'movements', operationId, [...effects.movements, ...retargeted].map(rowOfMovement));
  await insertRows(tx, 'conflicts', operationId, [
    // First: one that is now about another asset goes and comes with the same id.
    ...effects.vanishedConflicts.map((conflict) => ({ ...rowOfConflict(conflict), is_deleted: 1 })),
    ...effects.conflicts.map(rowOfConflict),
  ]);
  for (const [table, changes] of Map.groupBy(effects.subjectRows, (change) => change.table)) {
    const rows = changes.map(({ row, isDeleted }) => ({ ...row, is_deleted: isDeleted ? 1 : 0 }));
    await insertRows(tx, table, operationId, rows);
  }
}

/**
 * [LB3] An asset that a reading is no longer of depends on the guess even where its row is the same without the reading:
 * as it stands it lies in the overlay too, so that the guess is looked at again when something about the asset comes down.
 */
async function layWhatReadingsLeft(
  tx: Pick<ReplicaTransaction, 'execute'>,
  operationId: OperationId,
  { assets, retargeted }: Effects,
): Promise<void> {
  const changed = new Set(assets.map(({ id }) => id));
  const left = retargeted.flatMap(({ fromAssetId }) => fromAssetId ?? []).filter((id) => !changed.has(id));
  if (left.length === 0) return;
  await tx.execute(LAY_AS_IT_STANDS, [operationId, JSON.stringify(left)]);
}

const assetColumns = columnsOf('assets').join(', ');
const LAY_AS_IT_STANDS = `INSERT INTO assets_overlay (pending_operation_id, ${assetColumns})
  SELECT ?, ${assetColumns} FROM assets_now WHERE id IN (SELECT value FROM json_each(?))`;

async function insertRows(
  tx: Pick<ReplicaTransaction, 'execute'>,
  table: OverlaidTableName,
  operationId: OperationId,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(insertStatements.get(table) ?? insertInto(table), [operationId, JSON.stringify(rows)]);
}

const insertStatements = new Map(overlaidTableNames.map((name) => [name, insertInto(name)]));

function insertInto(table: OverlaidTableName): string {
  const columns = columnsOf(table);
  const values = columns.map((column) => `row.value ->> '${column}'`);
  return `INSERT INTO ${table}_overlay (pending_operation_id, is_deleted, ${columns.join(', ')})
    SELECT ?, coalesce(row.value ->> 'is_deleted', 0), ${values.join(', ')} FROM json_each(?) AS row`;
}

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

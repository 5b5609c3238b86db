import type { DeviceId, NewId } from '@eventkit/shared/kernel/ids.ts';
import { deviceDdl, overlaidTableNames, syncedTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import { prepareBulkTables } from './bulk-tables.ts';
import { readDeviceState, writeDeviceState } from './device-state.ts';
import { executeAll } from './execute-all.ts';
import { localBulkTriggers, localTables, localTriggers, localViews } from './local-ddl.ts';
import type { Replica, ReplicaTransaction } from './replica.ts';
import { MARK_ALL_PENDING } from './touched-subjects.ts';

/** How many settled operations are kept with what was meant. */
const KEPT_SETTLED_COUNT = 5_000;

/**
 * Brings the replica to the shape that this version of the app works with, whatever older version wrote it. Runs
 * before the first connect; does nothing where the shape is right already. Pending operations and their guesses
 * stay. `deviceId` and a fresh epoch are written where the storage is new.
 */
export async function migrateDevice(
  replica: Replica,
  { deviceId, newId }: { readonly deviceId: DeviceId; readonly newId: NewId },
): Promise<void> {
  await replica.writeTransaction(async (tx) => {
    await tx.execute('CREATE TABLE IF NOT EXISTS device_state (key TEXT PRIMARY KEY NOT NULL, value TEXT)');
    const { shape: present, epoch } = await readDeviceState(tx);
    const wanted = shapeOf();
    if (present !== wanted) {
      await reshape(tx);
      // The bulk triggers went with the others.
      await writeDeviceState(tx, { shape: wanted, bulk_shape: null });
    }
    if (epoch === null) {
      await writeDeviceState(tx, { device_id: deviceId, epoch: newId(), last_sequence: '0' });
    }
    await tx.execute(
      `DELETE FROM settled_operations WHERE rowid <=
        (SELECT rowid FROM settled_operations ORDER BY rowid DESC LIMIT 1 OFFSET ?)`,
      [KEPT_SETTLED_COUNT],
    );
  });
  if (replica.currentStatus.hasSynced === true) await prepareBulkTables(replica);
  // Every connection of the pool must see the tables.
  await replica.database.refreshSchema();
}

/** All statements in one text: a change of any of them is a change of shape. */
function shapeOf(): string {
  return JSON.stringify([deviceDdl(), localTables, localViews, localTriggers, localBulkTriggers]);
}

async function reshape(tx: ReplicaTransaction): Promise<void> {
  await dropDerived(tx);
  await addMissingColumns(tx);
  await executeAll(tx, [
    ...deviceDdl(),
    ...localTables,
    ...Object.entries(localViews).map(([name, select]) => `CREATE VIEW ${name} AS ${select}`),
    ...Object.entries(localTriggers).map(([name, trigger]) => `CREATE TRIGGER ${name} ${trigger}`),
    // This version may see otherwise what an earlier one guessed.
    MARK_ALL_PENDING,
  ]);
}

/** Views and our triggers hold no data and follow the columns, so they are made anew. */
async function dropDerived(tx: ReplicaTransaction): Promise<void> {
  const tables = [...syncedTableNames, ...overlaidTableNames.map((name) => `${name}_overlay`)];
  const triggers = await tx.getAll<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'trigger'
       AND tbl_name IN (SELECT value FROM json_each(?)) AND name NOT LIKE 'ps_%'`,
    [JSON.stringify(tables)],
  );
  const views = [...overlaidTableNames.map((name) => `${name}_now`), ...Object.keys(localViews)];
  await executeAll(tx, [
    ...triggers.map(({ name }) => `DROP TRIGGER "${name}"`),
    ...views.map((name) => `DROP VIEW IF EXISTS ${name}`),
  ]);
}

/** New columns are empty until the server sends their rows again, which it does when its config changes. */
async function addMissingColumns(tx: ReplicaTransaction): Promise<void> {
  const present = await tx.getAll<{ table: string; column: string }>(
    `SELECT tables.name AS "table", columns.name AS "column"
       FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`,
  );
  const columnsByTable = Map.groupBy(present, ({ table }) => table);
  const missing = syncedTableNames.flatMap((name) =>
    [name, `${name}_overlay`].flatMap((table) => {
      const columns = columnsByTable.get(table);
      if (columns === undefined) return [];
      const names = new Set(columns.map(({ column }) => column));
      return Object.entries(syncedTables[name].columns)
        .filter(([column]) => !names.has(column))
        .map(([column, type]) => `ALTER TABLE ${table} ADD COLUMN ${column} ${type.toUpperCase()}`);
    }),
  );
  await executeAll(tx, missing);
}

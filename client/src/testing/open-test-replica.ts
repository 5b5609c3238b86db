import { bulkIndexDdl, columnsOf, deviceDdl } from '@eventkit/shared/schema/device-ddl.ts';
import type { OverlaidTableName, SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import Database from 'better-sqlite3';
import { localBulkIndexes, localTables, localViews } from '#platform/replica/local-ddl.ts';

type Value = string | number | null;
export type TestRow = Readonly<Record<string, Value>>;

/** A device's tables and views in memory, for testing what screens read. No sync, no triggers. */
export function openTestReplica() {
  const database = new Database(':memory:');
  for (const statement of [...deviceDdl(), ...bulkIndexDdl(), ...localTables, ...localBulkIndexes]) {
    database.exec(statement);
  }
  for (const [name, select] of Object.entries(localViews)) {
    database.exec(`CREATE VIEW ${name} AS ${select}`);
  }

  const write = (table: string, row: TestRow) => {
    const names = Object.keys(row);
    const places = names.map(() => '?').join(', ');
    database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`).run(Object.values(row));
  };

  return {
    /** Rows as the server would have sent them; columns left out are null. */
    put(table: SyncedTableName, ...rows: readonly TestRow[]): void {
      for (const row of rows) {
        const unknown = Object.keys(row).filter((name) => !columnsOf(table).includes(name));
        if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`);
        write(table, row);
      }
    },
    /** Rows decided by a pending operation of this device. */
    guess(table: OverlaidTableName, operationId: string, ...rows: readonly TestRow[]): void {
      for (const row of rows) write(`${table}_overlay`, { ...row, pending_operation_id: operationId });
    },
    putLocal(table: 'outbox' | 'settled_operations' | 'attachment_queue', row: TestRow): void {
      write(table, row);
    },
    getAll<Row>(sql: string, params: readonly Value[] = []): Row[] {
      return database.prepare(sql).all(...params) as Row[];
    },
    /** How SQLite goes about a query, a line a step. */
    planOf(sql: string, params: readonly Value[] = []): string[] {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[];
      return steps.map(({ detail }) => detail);
    },
    /** Many rows at once, in one transaction. */
    inOneGo(fill: () => void): void {
      database.transaction(fill)();
    },
    [Symbol.dispose]: () => {
      database.close();
    },
  };
}

export type TestReplica = ReturnType<typeof openTestReplica>;

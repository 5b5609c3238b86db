import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type DiskRow = Record<string, unknown>;

/** The storage of one device: real SQLite in memory. It outlives whatever runs on it, as a disk does. */
export type VirtualDisk = {
  all(sql: string, params: readonly unknown[]): DiskRow[];
  run(sql: string, params: readonly unknown[]): void;
  /** Whatever was under way when the power went: SQLite takes it back at the next opening. */
  rollBack(): void;
  /** Everything on it is gone; the shape that migrations gave it is there again at once. */
  clear(): void;
};

/** Prepared statements live as long as the process: one disk serves one run after the other. */
export function createVirtualDisk(): VirtualDisk {
  const database = new DatabaseSync(':memory:');
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const disk: VirtualDisk = {
    all: (sql, params) => prepared(sql).all(...(params as SQLInputValue[])) as DiskRow[],
    run(sql, params) {
      prepared(sql).run(...(params as SQLInputValue[]));
    },
    rollBack() {
      if (database.isTransaction) database.exec('ROLLBACK');
    },
    clear() {
      disk.rollBack();
      for (const table of tablesToClear(disk)) disk.run(`DELETE FROM "${table}"`, []);
      disk.run('DELETE FROM sqlite_sequence', []);
      disk.run("DELETE FROM device_state WHERE key NOT IN ('shape', 'bulk_shape')", []);
    },
  };
  database.exec('PRAGMA temp_store = MEMORY');
  return disk;
}

/** Guesses first: without them the triggers on what they lie on have nothing to do. */
function tablesToClear(disk: VirtualDisk): string[] {
  const names = disk
    .all(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('device_state', 'sqlite_sequence')
        ORDER BY name NOT LIKE '%_overlay', name NOT IN ('outbox', 'dirty_subjects'), name`,
      [],
    )
    .map((row) => String(row['name']));
  return [...names, 'dirty_subjects'];
}

/** Where the device keeps how far its download has come: in SQLite, in the transaction of the rows. */
export const DOWNLOAD_TABLE = `CREATE TABLE IF NOT EXISTS simulated_download (
  id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, position INTEGER NOT NULL, is_complete INTEGER NOT NULL)`;

import type { SyncedTable } from './synced-table.ts';
import { type OverlaidTableName, type SyncedTableName, syncedTables } from './synced-tables.ts';

/** All column names of a synced table, `id` first, in the order in which every statement names them. */
export function columnsOf(name: SyncedTableName): readonly string[] {
  return ['id', ...Object.keys(syncedTables[name].columns)];
}

export const syncedTableNames = Object.keys(syncedTables) as readonly SyncedTableName[];

export const overlaidTableNames = syncedTableNames.filter(isOverlaid);

/**
 * The statements that make an empty SQLite database hold what a device holds: each synced table with its indexes
 * (bulk tables get theirs by `bulkIndexDdl`), and for overlaid ones `<table>_overlay` (whole rows decided by operations without a verdict; the newest `seq` of
 * an id counts, a deleted one hides the row; `pending_operation_id` says whose guess it is, since two of the tables
 * have an `operation_id` of their own) and the view `<table>_now`. Safe to run again.
 */
export function deviceDdl(): readonly string[] {
  return syncedTableNames.flatMap((name) => [
    createTable(name),
    ...(syncedTables[name].isBulk ? [] : indexesOf(name, name)),
    ...(isOverlaid(name) ? overlayDdl(name) : []),
  ]);
}

/**
 * The indexes of the bulk tables, to be made once the first download is complete: kept up row by row meanwhile they
 * take as long as the rest of it. Safe to run again.
 */
export function bulkIndexDdl(): readonly string[] {
  return syncedTableNames.flatMap((name) => (syncedTables[name].isBulk ? indexesOf(name, name) : []));
}

/** What PowerSync runs for a row that came down, as `RawTableType` of its SDK takes it. */
export type RawTableStatements = {
  readonly put: { readonly sql: string; readonly params: ('Id' | { Column: string })[] };
  readonly delete: { readonly sql: string; readonly params: 'Id'[] };
  readonly clear: string;
};

/** Columns the server adds later are passed over, so that an older app keeps working. */
export function rawTableStatements(name: SyncedTableName): RawTableStatements {
  const [, ...rest] = columnsOf(name);
  const names = columnsOf(name).join(', ');
  const values = columnsOf(name).map(() => '?');
  const updates = rest.map((column) => `${column} = excluded.${column}`);
  return {
    put: {
      sql: `INSERT INTO ${name} (${names}) VALUES (${values.join(', ')}) ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
      params: ['Id', ...rest.map((column) => ({ Column: column }))],
    },
    delete: { sql: `DELETE FROM ${name} WHERE id = ?`, params: ['Id'] },
    clear: `DELETE FROM ${name}`,
  };
}

function isOverlaid(name: SyncedTableName): name is OverlaidTableName {
  return syncedTables[name].isOverlaid;
}

// Not WITHOUT ROWID: SQLite's update hook, which live queries listen to, passes such tables over.
function createTable(name: SyncedTableName): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY NOT NULL, ${columnDefinitions(name)})`;
}

function indexesOf(name: SyncedTableName, table: string): string[] {
  const { indexes }: SyncedTable = syncedTables[name];
  return indexes.map(
    (columns) =>
      `CREATE INDEX IF NOT EXISTS ${table}_by_${columns.join('_and_')} ON ${table} (${columns.join(', ')})`,
  );
}

function overlayDdl(name: OverlaidTableName): string[] {
  const overlay = `${name}_overlay`;
  const from = (table: string) =>
    `SELECT ${columnsOf(name)
      .map((column) => `${table}.${column}`)
      .join(', ')} FROM ${table}`;
  return [
    `CREATE TABLE IF NOT EXISTS ${overlay} (seq INTEGER PRIMARY KEY AUTOINCREMENT, pending_operation_id TEXT NOT NULL, id TEXT NOT NULL, is_deleted INTEGER NOT NULL DEFAULT 0, ${columnDefinitions(name)})`,
    `CREATE INDEX IF NOT EXISTS ${overlay}_by_id ON ${overlay} (id, seq)`,
    `CREATE INDEX IF NOT EXISTS ${overlay}_by_pending_operation_id ON ${overlay} (pending_operation_id)`,
    ...indexesOf(name, overlay),
    // Two plain halves, so that SQLite pushes conditions into each and uses its index.
    `CREATE VIEW IF NOT EXISTS ${name}_now AS ${from(name)} WHERE NOT EXISTS (SELECT 1 FROM ${overlay} AS covering WHERE covering.id = ${name}.id) UNION ALL ${from(overlay)} WHERE ${overlay}.is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM ${overlay} AS newer WHERE newer.id = ${overlay}.id AND newer.seq > ${overlay}.seq)`,
  ];
}

function columnDefinitions(name: SyncedTableName): string {
  return Object.entries(syncedTables[name].columns)
    .map(([column, type]) => `${column} ${type.toUpperCase()}`)
    .join(', ');
}

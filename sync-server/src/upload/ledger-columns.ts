import type { SubjectTableName } from '@eventkit/shared/schema/subject-ledgers.ts';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';

export type LedgerTableName = 'assets' | 'movements' | 'conflicts' | SubjectTableName;

/** Every column that a device would have, in the shape in which it would have it, for a SELECT. */
export function selectedColumns(table: LedgerTableName, alias: string): string {
  return ['id', ...columnNames(table)]
    .map((column) => (column === 'is_case' ? `${alias}.is_case::int` : `${alias}.${column}`))
    .join(', ');
}

export function columnNames(table: LedgerTableName): string[] {
  return Object.keys(syncedTables[table].columns);
}

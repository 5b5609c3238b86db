import { ledgerTables } from './ledger-tables.ts';
import { ownTables } from './own-tables.ts';
import { planningTables } from './planning-tables.ts';
import { stockTables } from './stock-tables.ts';
import { stocktakeTables } from './stocktake-tables.ts';
import { transportTables } from './transport-tables.ts';

/**
 * What a device holds: the one statement of it. The device's tables, sync-config.yaml, the operation
 * executors and PostgreSQL are all checked against this. Every table also has the text primary key `id`.
 */
export const syncedTables = {
  ...stockTables,
  ...planningTables,
  ...ledgerTables,
  ...transportTables,
  ...stocktakeTables,
  ...ownTables,
} as const;

export type SyncedTableName = keyof typeof syncedTables;

export type OverlaidTableName = {
  [Name in SyncedTableName]: (typeof syncedTables)[Name]['isOverlaid'] extends true ? Name : never;
}[SyncedTableName];

import type { ColumnType } from './synced-table.ts';
import type { SyncedTableName, syncedTables } from './synced-tables.ts';

type ValueOf<Type extends ColumnType> = Type extends 'text' ? string | null : number | null;

/** A row of a synced table as SQLite hands it out: text, numbers and null. */
export type RowOf<Name extends SyncedTableName> = { readonly id: string } & {
  readonly [Column in keyof (typeof syncedTables)[Name]['columns']]: ValueOf<
    (typeof syncedTables)[Name]['columns'][Column] & ColumnType
  >;
};

import type { Conflict } from '#ledger/conflict.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { Subject, SubjectTableName } from '#schema/subject-ledgers.ts';

/** A row of a subject ledger, as devices hold it. */
export type LedgerRow = { readonly id: string; readonly [column: string]: string | number | null };

/** A row to be written, or taken away, of a subject. */
export type SubjectRow = {
  readonly subject: Subject;
  readonly table: SubjectTableName;
  readonly row: LedgerRow;
  readonly isDeleted: boolean;
};

/** Everything that is known of one subject: its rows by table and id, and the conflicts derived from them. */
export type SubjectState = {
  readonly rowsByTable: ReadonlyMap<SubjectTableName, ReadonlyMap<string, LedgerRow>>;
  readonly conflicts: readonly Conflict[];
};

export const unknownSubject: SubjectState = { rowsByTable: new Map(), conflicts: [] };

/** The rows that a subject has in one table. */
export function rowsOf<Table extends SubjectTableName>(state: SubjectState, table: Table): RowOf<Table>[] {
  return [...(state.rowsByTable.get(table)?.values() ?? [])] as unknown as RowOf<Table>[];
}

/** The same subject with some rows put or taken away. */
export function withRows(state: SubjectState, changes: readonly SubjectRow[]): SubjectState {
  const rowsByTable = new Map(state.rowsByTable);
  for (const [table, changed] of Map.groupBy(changes, ({ table }) => table)) {
    const rows = new Map(rowsByTable.get(table));
    for (const { row, isDeleted } of changed) {
      if (isDeleted) rows.delete(row.id);
      else rows.set(row.id, row);
    }
    rowsByTable.set(table, rows);
  }
  return { ...state, rowsByTable };
}

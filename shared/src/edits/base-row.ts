import type { LedgerRow } from '#operations/subject-state.ts';
import { syncedTables } from '#schema/synced-tables.ts';
import type { EditableTableName } from './editable-tables.ts';

/**
 * [FE8] What a row says without its edits, and since when: a column that was written by other means later on counts
 * from the newest fact that was known by then. `isDeleted` has its own `since`, under the name `deleted`.
 */
export type BaseRow = {
  readonly columns: Readonly<Record<string, string | number | null>>;
  readonly since: Readonly<Record<string, string>>;
  readonly isDeleted: boolean;
};

export const DELETED = 'deleted';

/** What a device or PostgreSQL keeps of it; the same text for the same base. */
export function textOfBase(table: EditableTableName, base: BaseRow): string {
  const inOrder = (values: Readonly<Record<string, string | number | null>>, names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]]] : [])));
  const names = columnNames(table);
  return JSON.stringify({
    columns: inOrder(base.columns, names),
    since: inOrder(base.since, [...names, DELETED]),
    isDeleted: base.isDeleted,
  });
}

export function baseOfText(text: string): BaseRow {
  return JSON.parse(text) as BaseRow;
}

/** A row that no edit has touched yet. */
export function baseOfRow(table: EditableTableName, row: LedgerRow): BaseRow {
  const columns = Object.fromEntries(columnNames(table).map((name) => [name, row[name] ?? null]));
  return { columns, since: {}, isDeleted: false };
}

/**
 * [FE8] The base once more where the row is not what its facts came to: what differs was written by other means. Null
 * where nothing differs and there was no base.
 */
export function rebase(
  table: EditableTableName,
  base: BaseRow | null,
  expected: LedgerRow | null,
  present: LedgerRow | undefined,
  newestFact: string,
): BaseRow | null {
  const written: Record<string, string | number | null> = {};
  if (present !== undefined && expected !== null) {
    for (const name of columnNames(table)) {
      if (present[name] !== expected[name]) written[name] = present[name] ?? null;
    }
  }
  const isDeleted = present === undefined;
  const isOtherwise = isDeleted !== (expected === null);
  if (!isOtherwise && Object.keys(written).length === 0) return base;
  const since = Object.fromEntries(
    [...Object.keys(written), ...(isOtherwise ? [DELETED] : [])].map((name) => [name, newestFact]),
  );
  return {
    columns: { ...base?.columns, ...written },
    since: { ...base?.since, ...since },
    isDeleted: isOtherwise ? isDeleted : (base?.isDeleted ?? false),
  };
}

function columnNames(table: EditableTableName): string[] {
  return Object.keys(syncedTables[table].columns);
}

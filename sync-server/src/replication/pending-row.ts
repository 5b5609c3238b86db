import type { Queryable } from '#oplog/oplog-store.ts';
import type { PendingRow, RowContent } from '#oplog/oplog-writer.ts';
import type { TupleValue } from './pgoutput.ts';
import type { RowPlan } from './row-plan.ts';
import type { SourceTable } from './source-tables.ts';

/** Reads the row as it is now, in the plan's columns; null when it is gone. */
export type ReadSourceRow = (
  plan: RowPlan,
  row: readonly TupleValue[],
) => Promise<readonly TupleValue[] | null>;

export function removedRow(table: string, key: string): PendingRow {
  return { table, key, content: () => nothing };
}

const nothing: RowContent = { copies: [], lookups: [] };

/**
 * A row to log. Large values that its update left alone are not sent; they stand in what is logged of the row, or
 * else, where the row was in no bucket until now, in the table itself.
 */
export function changedRow(
  plan: RowPlan,
  row: readonly TupleValue[],
  readSourceRow: ReadSourceRow,
): PendingRow {
  const unsent = plan.neededIndexes.filter((index) => row[index] === undefined);
  return {
    table: plan.table,
    key: plan.keyOf(row),
    content(current) {
      if (unsent.length === 0) return plan.contentOf(row);
      const filled = [...row];
      const stored = current.flatMap(({ data }) => (data === null ? [] : [JSON.parse(data) as object]));
      const isFilled = unsent.every((index) => {
        const name = plan.columns[index]?.name ?? '';
        const holder = stored.find((one) => Object.hasOwn(one, name));
        if (holder === undefined) return false;
        const value: unknown = (holder as Record<string, unknown>)[name];
        // Every type that PostgreSQL stores out of line reaches devices as its own text.
        if (value !== null && typeof value !== 'string') return false;
        filled[index] = value;
        return true;
      });
      if (isFilled) return plan.contentOf(filled);
      return readSourceRow(plan, row).then((now) => (now === null ? nothing : plan.contentOf(now)));
    },
  };
}

/** Reads single rows by their key, as text. */
export function sourceRowReader(db: Queryable, tables: readonly SourceTable[]): ReadSourceRow {
  return async (plan, row) => {
    const table = tables.find((one) => one.name === plan.table);
    if (table === undefined) throw new Error(`table ${plan.table} was never described`);
    const { rows } = await db.query<(string | null)[]>({
      rowMode: 'array',
      text: `SELECT ${plan.columns.map((column) => `${quote(column.name)}::text`).join(', ')}
        FROM public.${quote(table.name)}
        WHERE (${table.keyColumns.map(quote).join(', ')}) = (${table.keyTypes.map((type, at) => `$${at + 1}::${type}`).join(', ')})`,
      values: plan.keyIndexes.map((index) => row[index]),
    });
    return rows[0] ?? null;
  };
}

export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

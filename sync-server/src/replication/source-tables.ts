import type { Queryable } from '#oplog/oplog-store.ts';
import type { Column } from './row-plan.ts';

/** A replicated table as the catalogue describes it. */
export type SourceTable = {
  readonly name: string;
  readonly oid: number;
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  /** Types of the key columns as SQL names them. */
  readonly keyTypes: readonly string[];
  /**
   * Changes when rows copied before may come out otherwise now: another relation, key, or definition of a column. A
   * column that was dropped and made again has its old name and type but not its values, and no row says so.
   */
  readonly shape: string;
};

/** What stands between us and the tables, in words for an operator. */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
}

/** Reads the tables of schema public with these columns. Throws a SourceProblem when one cannot be followed. */
export async function describeTables(
  db: Queryable,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): Promise<SourceTable[]> {
  const { rows } = await db.query<
    [string, string, string, string, string, string, number | string | null, string]
  >({
    rowMode: 'array',
    text: `SELECT c.relname, c.oid::text, c.relreplident, a.attname, a.atttypid::text,
        format_type(a.atttypid, a.atttypmod), array_position(i.indkey::int2[], a.attnum),
        a.xmin::text
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1) AND c.relkind = 'r'
      ORDER BY c.relname, a.attnum`,
    values: [[...columnsByTable.keys()]],
  });
  const byTable = Map.groupBy(rows, ([table]) => table);
  return [...columnsByTable].map(([name, wanted]) => {
    const columns = byTable.get(name);
    const [first] = columns ?? [];
    if (columns === undefined || first === undefined) throw new SourceProblem(`table ${name} does not exist`);
    const [, oid, replicaIdentity] = first;
    if (replicaIdentity !== 'd' && replicaIdentity !== 'f')
      throw new SourceProblem(`table ${name}: REPLICA IDENTITY must be DEFAULT or FULL`);
    const key = columns
      .filter(([, , , , , , place]) => place !== null)
      .toSorted((a, b) => Number(a[6]) - Number(b[6]));
    if (key.length === 0) throw new SourceProblem(`table ${name} has no primary key`);
    for (const column of wanted) {
      if (!columns.some(([, , , existing]) => existing === column))
        throw new SourceProblem(
          `table ${name} has no column ${column}, which the sync configuration selects`,
        );
    }
    const needed = columns.filter(([, , , column, , , place]) => place !== null || wanted.includes(column));
    const keyColumns = key.map(([, , , column]) => column);
    return {
      name,
      oid: Number(oid),
      columns: needed.map(([, , , column, typeOid]) => ({ name: column, typeOid: Number(typeOid) })),
      keyColumns,
      keyTypes: key.map(([, , , , , type]) => type),
      shape: JSON.stringify([
        Number(oid),
        keyColumns,
        needed
          .map(([, , , column, typeOid, , , definedBy]) => `${column}:${typeOid}:${definedBy}`)
          .toSorted(),
      ]),
    };
  });
}

/** Whether rows of a table of this shape were known by the same columns. */
export function hasKeyOf(table: SourceTable, shape: string): boolean {
  const [, keyColumns] = JSON.parse(shape) as [number, string[]];
  return JSON.stringify(keyColumns) === JSON.stringify(table.keyColumns);
}

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
  const { rows } = await db.query<[string, string, string, string, string, string, number | string | null]>({
    rowMode: 'array',
    text: `SELECT c.relname, c.oid::text, c.relreplident, a.attname, a.atttypid::text,
        format_type(a.atttypid, a.atttypmod), array_position(i.indkey::int2[], a.attnum)
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
    return {
      name,
      oid: Number(oid),
      columns: columns
        .filter(([, , , column, , , place]) => place !== null || wanted.includes(column))
        .map(([, , , column, typeOid]) => ({ name: column, typeOid: Number(typeOid) })),
      keyColumns: key.map(([, , , column]) => column),
      keyTypes: key.map(([, , , , , type]) => type),
    };
  });
}

/** Changes when rows copied before would come out otherwise now: another relation, key, or type of a column. */
export function shapeOf(table: Pick<SourceTable, 'oid' | 'columns' | 'keyColumns'>): string {
  const columns = table.columns.map((column) => `${column.name}:${column.typeOid}`).toSorted();
  return JSON.stringify([table.oid, table.keyColumns, columns]);
}

/** Which publication this is and what it carries; throws when it lacks a table that is needed. */
export async function describePublication(
  db: Queryable,
  publication: string,
  tables: readonly string[],
): Promise<string> {
  const { rows } = await db.query<{ oid: string; complete: boolean; via_root: boolean }>(
    `SELECT oid::text, pubinsert AND pubupdate AND pubdelete AND pubtruncate AS complete, pubviaroot AS via_root
     FROM pg_publication WHERE pubname = $1`,
    [publication],
  );
  const [found] = rows;
  if (found === undefined) throw new SourceProblem(`publication ${publication} does not exist`);
  if (!found.complete)
    throw new SourceProblem(`publication ${publication} must publish insert, update, delete and truncate`);
  const carried = await db.query<{ tablename: string; filter: string | null; attnames: string }>(
    `SELECT tablename, rowfilter AS filter FROM pg_publication_tables WHERE pubname = $1 AND schemaname = 'public'`,
    [publication],
  );
  for (const table of tables) {
    const entry = carried.rows.find((row) => row.tablename === table);
    if (entry === undefined) throw new SourceProblem(`publication ${publication} lacks table ${table}`);
    if (entry.filter !== null)
      throw new SourceProblem(`publication ${publication} must not filter rows of ${table}`);
  }
  const relations = await db.query<{ oids: string | null }>(
    `SELECT string_agg(oid::text, ',' ORDER BY oid) AS oids FROM pg_publication_rel WHERE prpubid = $1::oid`,
    [found.oid],
  );
  return `${found.oid}:${relations.rows[0]?.oids ?? ''}`;
}

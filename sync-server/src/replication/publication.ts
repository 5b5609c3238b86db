import type { Queryable } from '#oplog/oplog-store.ts';
import { SourceProblem, type SourceTable } from './source-tables.ts';

/** Which publication this is and what it carries; throws a SourceProblem when it lacks something that is needed. */
export async function describePublication(
  db: Queryable,
  publication: string,
  tables: readonly SourceTable[],
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
  const carried = await db.query<{ tablename: string; filter: string | null; columns: string[] }>(
    `SELECT tablename, rowfilter AS filter, attnames::text[] AS columns FROM pg_publication_tables
     WHERE pubname = $1 AND schemaname = 'public'`,
    [publication],
  );
  for (const { name, columns } of tables) {
    const entry = carried.rows.find((row) => row.tablename === name);
    if (entry === undefined) throw new SourceProblem(`publication ${publication} lacks table ${name}`);
    if (entry.filter !== null)
      throw new SourceProblem(`publication ${publication} must not filter rows of ${name}`);
    const missing = columns.find((column) => !entry.columns.includes(column.name));
    if (missing !== undefined)
      throw new SourceProblem(`publication ${publication} leaves out column ${missing.name} of ${name}`);
  }
  const relations = await db.query<{ oids: string | null }>(
    `SELECT string_agg(oid::text, ',' ORDER BY oid) AS oids FROM (
       SELECT oid FROM pg_publication_rel WHERE prpubid = $1::oid
       UNION ALL SELECT oid FROM pg_publication_namespace WHERE pnpubid = $1::oid) AS parts`,
    [found.oid],
  );
  return `${found.oid}:${relations.rows[0]?.oids ?? ''}`;
}

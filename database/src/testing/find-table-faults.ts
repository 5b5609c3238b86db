import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import type pg from 'pg';

/**
 * Compares Drizzle's idea of tables with a migrated database and says in words where they differ: a column that is not
 * there, of another type, null where it must not be, or with other words than its CHECK allows. Empty where they agree.
 * A table may name fewer columns than there are.
 */
export async function findTableFaults(
  client: Pick<pg.ClientBase, 'query'>,
  tables: readonly Table[],
): Promise<readonly string[]> {
  const { rows } = await client.query<RealColumn>(COLUMNS);
  const realByName = new Map(rows.map((column) => [`${column.table}.${column.name}`, column]));
  return tables.flatMap((table) =>
    Object.values(getTableColumns(table)).flatMap((column) => {
      const name = `${getTableName(table)}.${column.name}`;
      const real = realByName.get(name);
      if (real === undefined) return [`${name} does not exist`];
      const type = column.getSQLType();
      const words = column.enumValues?.toSorted().join();
      const allowed = wordsOf(real.check)?.toSorted().join();
      return [
        ...(type === real.type ? [] : [`${name} is ${real.type}, not ${type}`]),
        ...(column.notNull === real.notNull ? [] : [`${name} ${real.notNull ? 'is never' : 'may be'} null`]),
        ...(words === undefined || words === allowed
          ? []
          : [`${name} may be ${allowed ?? 'anything'}, not ${words}`]),
      ];
    }),
  );
}

type RealColumn = {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** The CHECK of this column alone, as PostgreSQL prints it. */
  readonly check: string | null;
};

const COLUMNS = `
  SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
    (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
     WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] LIMIT 1) AS check
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`;

/** The words of a CHECK that lists them; null for any other. */
function wordsOf(check: string | null): string[] | null {
  if (check === null || !/= ANY \(ARRAY\[/.test(check)) return null;
  return [...check.matchAll(/'([^']*)'::text/g)].map(([, word]) => word ?? '');
}

import type { ClientBase } from 'pg';

/** Inserts rows given as `{ column: value }` into a table, all with the same columns. */
export async function insertRows(
  client: Pick<ClientBase, 'query'>,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}

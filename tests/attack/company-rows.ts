import type { RunningStack } from '#stack/running-stack.ts';
import { type Knowledge, kindOf, knowledgeOf, uuidsIn } from './knowledge.ts';

type Database = Pick<RunningStack, 'query'>;

/** Each of a company's tables that holds rows of it. */
async function tablesOf(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
     ORDER BY c.table_name`,
  );
  return rows.map(({ name }) => name);
}

/** All that can be known of a company, from its rows themselves. */
export async function learnFromRows(
  database: Database,
  tenantId: string,
  canaries: readonly string[],
): Promise<Knowledge> {
  const idsByKind = new Map<string, readonly string[]>([['tenant', [tenantId]]]);
  const ids = new Set<string>();
  for (const table of await tablesOf(database)) {
    const rows = await database.query<{ row: { id?: unknown } }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1`,
      [tenantId],
    );
    for (const id of uuidsIn(JSON.stringify(rows))) ids.add(id);
    const own = rows.flatMap(({ row: { id } }) =>
      typeof id === 'string' && uuidsIn(id)[0] === id ? [id] : [],
    );
    if (own.length > 0) idsByKind.set(kindOf(table), [...(idsByKind.get(kindOf(table)) ?? []), ...own]);
  }
  return knowledgeOf(idsByKind, ids, canaries);
}

/** Writes the word into whatever of the company's has a name. */
export async function plantCanaries(database: Database, tenantId: string, canary: string): Promise<void> {
  const named = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'name' AND data_type = 'text'`,
  );
  const tables = (await tablesOf(database)).filter((table) => named.some(({ name }) => name === table));
  for (const table of tables) {
    await database.query(`UPDATE ${table} SET name = left(name, 40) || ' ' || $2 WHERE tenant_id = $1`, [
      tenantId,
      canary,
    ]);
  }
}

/** Sessions are told of their use; all else of a company changes by its own people only. */
const LEFT_OUT = ['sessions'];

export async function fingerprintOf(database: Database, tenantId: string): Promise<string> {
  const prints: string[] = [];
  for (const table of await tablesOf(database)) {
    if (LEFT_OUT.includes(table)) continue;
    const [row] = await database.query<{ print: string | null }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM ${table} t WHERE tenant_id = $1`,
      [tenantId],
    );
    prints.push(`${table} ${row?.print}`);
  }
  return prints.join('\n');
}

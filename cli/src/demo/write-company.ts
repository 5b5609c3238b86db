import type pg from 'pg';
import type { CompanyRows } from './demo-rows.ts';

const ROWS_PER_STATEMENT = 5000;

/** In the order in which every row finds what it refers to. */
const tables = [
  'users',
  'devices',
  'products',
  'storage_locations',
  'vehicles',
  'assets',
  'case_template_lines',
  'labels',
  'events',
  'pull_lists',
  'pull_list_lines',
  'operations',
  'movements',
  'bulk_stock',
  'bulk_movements',
  'device_progress',
] as const satisfies readonly (keyof CompanyRows)[];

/**
 * Writes a company in the transaction that is open on `tx`, as the tenant itself: row-level security, foreign keys and
 * the audit trail all apply, so the demo proves them instead of going round them.
 */
export async function writeCompany(tx: pg.ClientBase, company: CompanyRows): Promise<void> {
  const { tenant } = company;
  await tx.query(
    `SELECT set_config('eventkit.tenant_id', $1, true), set_config('eventkit.request_id', 'seed', true)`,
    [tenant.id],
  );
  await insert(tx, 'tenants', Object.keys(tenant), [tenant]);
  for (const table of tables) {
    const rows: readonly object[] = company[table];
    const [first] = rows;
    if (first === undefined) continue;
    const columns = ['tenant_id', ...Object.keys(first)];
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      const batch = rows.slice(from, from + ROWS_PER_STATEMENT);
      await insert(
        tx,
        table,
        columns,
        batch.map((row) => ({ tenant_id: tenant.id, ...row })),
      );
    }
  }
}

async function insert(
  tx: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  const names = columns.join(', ');
  await tx.query(
    `INSERT INTO public.${table} (${names})
     SELECT ${names} FROM json_populate_recordset(NULL::public.${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}

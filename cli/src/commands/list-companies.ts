import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

export type NamedCompany = { readonly tenantId: string; readonly slug: string };

/** In the order of their slugs; one by one, as row-level security holds for the owner too. */
export async function listCompanies(pool: pg.Pool): Promise<readonly NamedCompany[]> {
  const { rows: known } = await pool.query<{ tenantId: string }>(
    'SELECT id AS "tenantId" FROM tenants_with_trails() AS id',
  );
  const companies: NamedCompany[] = [];
  for (const { tenantId } of known) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    const { rows } = await withTenant(
      pool,
      scope,
      (tx) => tx.query<NamedCompany>('SELECT id AS "tenantId", slug FROM tenants WHERE id = $1', [tenantId]),
      { isReadOnly: true },
    );
    companies.push(...rows);
  }
  return companies.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

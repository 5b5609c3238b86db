import type pg from 'pg';

/** Companies with something that is to be pushed, or to be mailed, to somebody. */
export async function findCompaniesWithDues(
  pool: pg.Pool,
  channel: 'push' | 'mail',
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_dues($1) AS tenant_id',
    [channel],
  );
  return rows.map(({ tenantId }) => tenantId);
}

import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Companies that may have something in the trash for longer than they want to. */
export async function findCompaniesWithOldTrash(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_old_trash() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Removes for good what lay in a company's trash for longer than it says. Answers how many records. */
export async function purgeTrash(tx: TenantTransaction): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('SELECT purge_trash() AS count');
  return rows[0]?.count ?? 0;
}

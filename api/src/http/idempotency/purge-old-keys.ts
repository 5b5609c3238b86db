import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Companies that have keys older than a day. */
export async function findCompaniesWithOldKeys(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_old_idempotency_keys() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Removes a company's keys and answers that are older than a day. Answers how many. */
export async function purgeOldKeys(tx: TenantTransaction): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM idempotency_keys WHERE claimed_at < now() - interval '24 hours'`,
  );
  return rowCount ?? 0;
}

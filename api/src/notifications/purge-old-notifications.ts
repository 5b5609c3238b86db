import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Companies with notifications that nobody needs any more. */
export async function findCompaniesWithOldNotifications(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_old_notifications() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Removes what a company's people were told more than 60 days ago. Answers how much that was. */
export async function purgeOldNotifications(tx: TenantTransaction): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM notifications WHERE created_at < now() - interval '60 days'`,
  );
  return rowCount ?? 0;
}

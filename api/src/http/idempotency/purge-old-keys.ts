import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Removes keys and answers that are older than a day, of all companies. Answers how many. */
export async function purgeOldKeys(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_old_idempotency_keys() AS tenant_id',
  );
  let count = 0;
  for (const { tenantId } of rows) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    const removed = await withTenant(pool, scope, (tx) =>
      tx.query(`DELETE FROM idempotency_keys WHERE claimed_at < now() - interval '24 hours'`),
    );
    count += removed.rowCount ?? 0;
  }
  return count;
}

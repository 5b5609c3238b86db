import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { deleteSignUp } from './sign-up-store.ts';

/** Requests that nobody confirmed, and those that were decided long ago. */
export async function findOldSignUps(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_old_sign_ups() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Forgets a request: what was said in it is of people who may never have asked. */
export async function purgeOldSignUp(tx: TenantTransaction): Promise<number> {
  await deleteSignUp(tx);
  return 1;
}

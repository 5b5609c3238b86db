import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Companies that have sessions whose time is over. */
export async function findCompaniesWithEndedSessions(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_ended_sessions() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Removes a company's sessions whose time is over, and the tokens in them. Answers how many. */
export async function purgeEndedSessions(tx: TenantTransaction): Promise<number> {
  const { rowCount } = await tx.query('DELETE FROM sessions WHERE expires_at < now()');
  return rowCount ?? 0;
}

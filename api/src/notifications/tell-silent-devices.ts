import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Companies with a device that fell silent lately, or that spoke again. */
export async function findCompaniesWithSilentDevices(
  pool: pg.Pool,
  silentAfterDays: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_silent_devices($1) AS tenant_id',
    [silentAfterDays],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Tells those who look after devices of what was not heard for so long, each once. Answers how many devices that is. */
export async function tellSilentDevices(tx: TenantTransaction, silentAfterDays: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('SELECT tell_silent_devices($1) AS count', [
    silentAfterDays,
  ]);
  return rows[0]?.count ?? 0;
}

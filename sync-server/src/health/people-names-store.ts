import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';

/** What people of the company are called, by their ids; those of others are left out. */
export async function findNames(
  tx: TenantTransaction,
  tenantId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.query<{ id: string; name: string }>(
    'SELECT id, name FROM users WHERE tenant_id = $1 AND id = ANY($2)',
    [tenantId, userIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

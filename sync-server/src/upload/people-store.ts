import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { may, type Permission, type Role } from '@eventkit/shared/permissions/roles.ts';

/** Who is sending: already authenticated, with the rights of this session. */
export type Caller = {
  readonly tenantId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
  readonly requestId: string | null;
};

/** Those of the asked who belong to the tenant, and those of them who may scan today. */
export type People = { readonly userIds: ReadonlySet<string>; readonly scannerIds: ReadonlySet<string> };

/** A shared tablet sends what several people did: the caller's rights are the session's, the others' those of their role. */
export async function findPeople(
  tx: TenantTransaction,
  caller: Caller,
  userIds: readonly string[],
): Promise<People> {
  const { rows } = await tx.query<{ id: string; role: Role; is_active: boolean }>({
    name: 'find-people',
    text: 'SELECT id, role, deactivated_at IS NULL AS is_active FROM users WHERE tenant_id = $1 AND id = ANY($2)',
    values: [caller.tenantId, userIds],
  });
  const scanners = rows.filter(({ id, role, is_active }) =>
    id === caller.userId
      ? caller.permissions.includes('scanning:write')
      : is_active && may(role, 'scanning:write'),
  );
  return { userIds: new Set(rows.map(({ id }) => id)), scannerIds: new Set(scanners.map(({ id }) => id)) };
}

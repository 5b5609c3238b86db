import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { type HeldRole, type Permission, permissionsOf } from '@eventkit/shared/permissions/roles.ts';

/** Who is sending: already authenticated, with the rights of this session. */
export type Caller = {
  readonly tenantId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
  readonly requestId: string | null;
};

/** Those of the asked who belong to the tenant, and what each of them may do today. */
export type People = {
  readonly userIds: ReadonlySet<string>;
  readonly permissionsByUserId: ReadonlyMap<string, ReadonlySet<Permission>>;
};

/** A shared tablet sends what several people did: the caller's rights are the session's, the others' those of their role. */
export async function findPeople(
  tx: TenantTransaction,
  caller: Caller,
  userIds: readonly string[],
): Promise<People> {
  const { rows } = await tx.query<HeldRole & { id: string; isActive: boolean }>({
    name: 'find-people',
    text: `SELECT u.id, u.role, r.permissions AS "customPermissions", u.deactivated_at IS NULL AS "isActive"
      FROM users u LEFT JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
      WHERE u.tenant_id = $1 AND u.id = ANY($2)`,
    values: [caller.tenantId, userIds],
  });
  const permissionsByUserId = new Map(
    rows.map(({ id, isActive, ...held }) => {
      const ofRole = isActive ? permissionsOf(held) : [];
      return [id, new Set(id === caller.userId ? caller.permissions : ofRole)] as const;
    }),
  );
  return { userIds: new Set(permissionsByUserId.keys()), permissionsByUserId };
}

import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { type HeldRole, type Permission, permissionsOf } from '@eventkit/shared/permissions/roles.ts';

/** Who is sending: already authenticated, with the rights of this session. */
export type Caller = {
  readonly tenantId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
  readonly requestId: string | null;
};

/** Those of the asked who belong to the tenant, and what each of them may do today through who sends it. */
export type People = {
  readonly senderId: string;
  readonly userIds: ReadonlySet<string>;
  readonly permissionsByUserId: ReadonlyMap<string, ReadonlySet<Permission>>;
};

/**
 * A shared tablet sends what several people did: the caller's rights are the session's, the others' those of their role,
 * as far as the caller holds them too. So nothing is gained by sending something in another's name.
 */
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
      return [id, new Set(ofSender(caller, id, ofRole))] as const;
    }),
  );
  return { senderId: caller.userId, userIds: new Set(permissionsByUserId.keys()), permissionsByUserId };
}

/** What one of the people may do whose operations this caller sends. */
export function ofSender(
  caller: Caller,
  userId: string,
  ofRole: readonly Permission[],
): readonly Permission[] {
  if (userId === caller.userId) return caller.permissions;
  return ofRole.filter((permission) => caller.permissions.includes(permission));
}

import { type TenantScope, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import {
  type BuiltInRole,
  builtInRoles,
  type HeldRole,
  permissionsOf,
} from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import type { Principal } from '#http/caller.ts';

/** Roles are the provider's matter, and it names none that there is here. */
export type NoRole = { readonly tag: 'no_role' };

type OwnRole = { readonly id: string; readonly permissions: readonly string[] };

/**
 * The person with the role that the provider names, stored where it is another one than before. Of several: admin, else
 * the company's own roles by name, else the built-in ones in their order. Names count in upper and lower case alike; those
 * of nothing here are passed over. With null the role stays as it is.
 */
export async function takeRoleOf(
  pool: pg.Pool,
  principal: Principal,
  roleNames: readonly string[] | null,
): Promise<Result<Principal, NoRole>> {
  if (roleNames === null) return ok(principal);
  const names = roleNames.map((name) => name.toLowerCase());
  const builtIn = builtInRoles.find((role) => names.includes(role)) ?? null;
  const held = await withTenant(pool, scopeOfServer(principal.tenantId), async (tx) => {
    const own =
      builtIn === 'admin'
        ? null
        : await findOwnRole(
            tx,
            names.filter((name) => !isBuiltIn(name)),
          );
    const role = own === null ? builtIn : 'custom';
    if (role === null) return null;
    await tx.query(
      `UPDATE users SET role = $2, custom_role_id = $3
       WHERE id = $1 AND (role, custom_role_id) IS DISTINCT FROM ($2, $3::uuid)`,
      [principal.userId, role, own?.id ?? null],
    );
    return { role, customPermissions: own?.permissions ?? null } satisfies HeldRole;
  });
  if (held === null) return err({ tag: 'no_role' });
  return ok({ ...principal, role: held.role, permissions: permissionsOf(held) });
}

/** What the server does on nobody's behalf: the audit trail names no person. */
export function scopeOfServer(tenantId: string): TenantScope {
  return { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
}

/** Held until the transaction ends, so that nobody removes it meanwhile. */
async function findOwnRole(tx: pg.PoolClient, names: readonly string[]): Promise<OwnRole | null> {
  if (names.length === 0) return null;
  const { rows } = await tx.query<OwnRole>(
    `SELECT id, permissions FROM roles WHERE lower(name) = ANY($1::text[])
     ORDER BY lower(name) LIMIT 1 FOR KEY SHARE`,
    [names],
  );
  return rows[0] ?? null;
}

function isBuiltIn(name: string): name is BuiltInRole {
  return (builtInRoles as readonly string[]).includes(name);
}

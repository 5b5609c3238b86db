import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { type HeldRole, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import type { Principal } from '#http/caller.ts';
import type { ProviderWord } from './provider-claims.ts';
import { type NoRole, scopeOfServer, takeRoleOf } from './take-role-of.ts';
import type { TiedUser, UsersBySubject } from './users-by-subject.ts';

/** A person as the identity provider names them, with what it decides about them. */
export type Identity = ProviderWord & {
  readonly issuer: string;
  readonly subject: string;
  readonly verifiedEmail: string | null;
};

export type UnknownIdentity =
  /** No active user has this e-mail address. */
  | { readonly tag: 'unknown_user' }
  /** The provider names no e-mail address, or does not vouch for it; anybody could claim one. */
  | { readonly tag: 'unverified_email' }
  /** The address is a user of several companies, and nothing says which is meant. */
  | { readonly tag: 'several_companies' }
  /** The user with this address is tied to another account at the same provider. */
  | { readonly tag: 'other_account' }
  | NoRole;

/**
 * The user of an identity: by the provider's subject once they are tied, by verified e-mail address the first time,
 * which ties them. A change of provider ties anew; a second account at the same provider never does. Where roles are the
 * provider's matter, the user has the one that it names now. Nobody is made a user by what it says.
 */
export async function findUserOf(
  { pool, usersBySubject }: { readonly pool: pg.Pool; readonly usersBySubject: UsersBySubject },
  identity: Identity,
): Promise<Result<Principal, UnknownIdentity>> {
  const known = await ofTenant(pool, identity.tenant, await usersBySubject(identity));
  if (known.length > 1) return err({ tag: 'several_companies' });
  if (known[0] !== undefined) return takeRoleOf(pool, principalOf(known[0]), identity.roleNames);
  if (identity.verifiedEmail === null) return err({ tag: 'unverified_email' });
  const principal = await tieByEmail(pool, identity, identity.verifiedEmail);
  return principal.ok ? takeRoleOf(pool, principal.value, identity.roleNames) : principal;
}

/** Those of the company that the provider names; all where it has no say in it. */
async function ofTenant<T extends Pick<TiedUser, 'tenantId'>>(
  pool: pg.Pool,
  tenant: string | null,
  users: readonly T[],
): Promise<readonly T[]> {
  if (tenant === null) return users;
  const meant: T[] = [];
  for (const user of users) {
    const { rowCount } = await withTenant(
      pool,
      scopeOfServer(user.tenantId),
      (tx) => tx.query('SELECT FROM tenants WHERE slug = $1 OR id::text = $1', [tenant]),
      { isReadOnly: true },
    );
    if (rowCount === 1) meant.push(user);
  }
  return meant;
}

async function tieByEmail(
  pool: pg.Pool,
  identity: Identity,
  email: string,
): Promise<Result<Principal, UnknownIdentity>> {
  const { rows } = await pool.query<Pick<TiedUser, 'tenantId' | 'userId'>>(
    'SELECT tenant_id AS "tenantId", user_id AS "userId" FROM find_user_by_email($1)',
    [email],
  );
  const { issuer, subject, tenant } = identity;
  const meant = await ofTenant(pool, tenant, rows);
  if (meant.length > 1) return err({ tag: 'several_companies' });
  if (meant[0] === undefined) return err({ tag: 'unknown_user' });
  const { tenantId, userId } = meant[0];
  const held = await withTenant(
    pool,
    { tenantId, userId, deviceId: null, operationId: null, requestId: null },
    async (tx) => {
      const updated = await tx.query<HeldRole>(
        `UPDATE users SET issuer = $2, subject = $3
         WHERE id = $1 AND (issuer IS NULL OR issuer <> $2 OR subject = $3)
         RETURNING role, (SELECT permissions FROM roles WHERE id = custom_role_id) AS "customPermissions"`,
        [userId, issuer, subject],
      );
      return updated.rows[0] ?? null;
    },
  );
  return held === null ? err({ tag: 'other_account' }) : ok(principalOf({ tenantId, userId, ...held }));
}

function principalOf({ tenantId, userId, ...held }: TiedUser): Principal {
  return { tenantId, userId, role: held.role, permissions: permissionsOf(held) };
}

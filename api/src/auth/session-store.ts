import { createHash, randomBytes } from 'node:crypto';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { isRole } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import type { Principal } from '#http/caller.ts';

export type Session = Principal & { readonly idToken: string | null };

/** Starts a session and answers its id: 256 random bits, of which the database keeps the SHA-256 only. */
export async function createSession(
  pool: pg.Pool,
  principal: Principal,
  tokens: {
    readonly idToken: string | null;
    readonly refreshToken: string | null;
    readonly lifetimeS: number;
  },
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await withTenant(pool, scopeOf(principal), async (tx) => {
    await tx.query('DELETE FROM sessions WHERE user_id = $1 AND expires_at < now()', [principal.userId]);
    await tx.query(
      `INSERT INTO sessions (tenant_id, id_hash, user_id, refresh_token, id_token, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
      [
        principal.tenantId,
        hashOf(id),
        principal.userId,
        tokens.refreshToken,
        tokens.idToken,
        tokens.lifetimeS,
      ],
    );
  });
  return id;
}

/** The session of this id, unless it ended or its user was deactivated. The role is the one of now. */
export async function findSession(pool: pg.Pool, id: string): Promise<Session | null> {
  const { rows } = await pool.query<{
    tenant_id: string;
    user_id: string;
    role: string;
    id_token: string | null;
  }>({
    name: 'find-session',
    text: 'SELECT tenant_id, user_id, role, id_token FROM find_session($1)',
    values: [hashOf(id)],
  });
  const row = rows[0];
  if (row === undefined || !isRole(row.role)) return null;
  return {
    tenantId: row.tenant_id as TenantId,
    userId: row.user_id as UserId,
    role: row.role,
    idToken: row.id_token,
  };
}

export async function endSession(pool: pg.Pool, principal: Principal, id: string): Promise<void> {
  await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query('DELETE FROM sessions WHERE id_hash = $1', [hashOf(id)]),
  );
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

function scopeOf({ tenantId, userId }: Principal) {
  return { tenantId, userId, deviceId: null, operationId: null, requestId: null };
}

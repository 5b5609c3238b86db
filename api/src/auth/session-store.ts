import { createHash, randomBytes } from 'node:crypto';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { type HeldRole, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import type { Principal } from '#http/caller.ts';

export type Session = Principal & {
  readonly idToken: string | null;
  /** True where the provider was not asked about this person for a while, and can be. */
  readonly isCheckDue: boolean;
};

/** How often a session in use asks the provider whether its person may still sign in. */
const CHECK_EVERY_S = 600;

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
      `INSERT INTO sessions (tenant_id, id_hash, user_id, refresh_token, id_token, expires_at, check_due_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), now() + make_interval(secs => $7))`,
      [
        principal.tenantId,
        hashOf(id),
        principal.userId,
        tokens.refreshToken,
        tokens.idToken,
        tokens.lifetimeS,
        CHECK_EVERY_S,
      ],
    );
  });
  return id;
}

/** The session of this id, unless it ended or its user was deactivated. Its rights are those of now. */
export async function findSession(pool: pg.Pool, id: string): Promise<Session | null> {
  const { rows } = await pool.query<Omit<Session, 'permissions'> & HeldRole>({
    name: 'find-session',
    text: `SELECT tenant_id AS "tenantId", user_id AS "userId", role, custom_permissions AS "customPermissions",
        id_token AS "idToken", is_check_due AS "isCheckDue"
      FROM find_session($1)`,
    values: [hashOf(id)],
  });
  if (rows[0] === undefined) return null;
  const { customPermissions, ...session } = rows[0];
  return { ...session, permissions: permissionsOf({ role: session.role, customPermissions }) };
}

/** Ends the session; answers the refresh token that it leaves behind, for the provider to take back. */
export async function endSession(pool: pg.Pool, principal: Principal, id: string): Promise<string | null> {
  const { rows } = await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query<{ refresh_token: string | null }>(
      'DELETE FROM sessions WHERE id_hash = $1 RETURNING refresh_token',
      [hashOf(id)],
    ),
  );
  return rows[0]?.refresh_token ?? null;
}

export type SessionTokens = { readonly refreshToken: string; readonly idToken: string | null };

/**
 * The tokens to ask the provider with, for exactly one of all who ask in the same ten minutes, in whichever process;
 * null for the others. The moment moves on first: a check that is lost with its process is not made twice.
 */
export async function takeDueCheck(
  pool: pg.Pool,
  principal: Principal,
  id: string,
): Promise<SessionTokens | null> {
  const { rows } = await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query<SessionTokens>(
      `UPDATE sessions SET check_due_at = now() + make_interval(secs => $2)
       WHERE id_hash = $1 AND check_due_at <= now() AND refresh_token IS NOT NULL
       RETURNING refresh_token AS "refreshToken", id_token AS "idToken"`,
      [hashOf(id), CHECK_EVERY_S],
    ),
  );
  return rows[0] ?? null;
}

/** Keeps what the provider gave in exchange. Changes nothing where the session ended meanwhile. */
export async function keepTokens(
  pool: pg.Pool,
  principal: Principal,
  id: string,
  { refreshToken, idToken }: SessionTokens,
): Promise<void> {
  await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query('UPDATE sessions SET refresh_token = $2, id_token = $3 WHERE id_hash = $1', [
      hashOf(id),
      refreshToken,
      idToken,
    ]),
  );
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

function scopeOf({ tenantId, userId }: Principal) {
  return { tenantId, userId, deviceId: null, operationId: null, requestId: null };
}

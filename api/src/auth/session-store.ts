import { randomBytes } from 'node:crypto';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { type HeldRole, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import type { Principal } from '#http/caller.ts';
import { hashOfSecret } from './hash-of-secret.ts';

export type Session = Principal & {
  readonly idToken: string | null;
  /** True where the provider was not asked about this person for a while, and can be. */
  readonly isCheckDue: boolean;
};

/** How often a session in use asks the provider whether its person may still sign in. */
const CHECK_EVERY_S = 600;
const LONGEST_USER_AGENT = 400;

/** Starts a session and answers its id: 256 random bits, of which the database keeps the SHA-256 only. */
export async function createSession(
  pool: pg.Pool,
  principal: Principal,
  tokens: {
    readonly idToken: string | null;
    readonly refreshToken: string | null;
    /** What the provider calls its own session; null where it says nothing of it. */
    readonly providerSid: string | null;
    readonly lifetimeS: number;
    /** What the browser calls itself, for its person to know it by; absent where it said nothing. */
    readonly userAgent?: string;
  },
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query(
      `INSERT INTO sessions
         (tenant_id, id_hash, user_id, refresh_token, id_token, provider_sid, expires_at, check_due_at, user_agent)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), now() + make_interval(secs => $8), $9)`,
      [
        principal.tenantId,
        hashOfSecret(id),
        principal.userId,
        tokens.refreshToken,
        tokens.idToken,
        tokens.providerSid,
        tokens.lifetimeS,
        CHECK_EVERY_S,
        tokens.userAgent?.slice(0, LONGEST_USER_AGENT) ?? '',
      ],
    ),
  );
  return id;
}

/** The session of this id, unless it ended or its user was deactivated. Its rights are those of now. */
export async function findSession(pool: pg.Pool, id: string): Promise<Session | null> {
  const [session = null] = await findSessions(pool, [id]);
  return session;
}

/** The same for several ids, in their order. */
export async function findSessions(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<readonly (Session | null)[]> {
  const { rows } = await pool.query<Omit<Session, 'permissions'> & HeldRole & { place: number }>({
    name: 'find-sessions',
    text: `SELECT w.place, s.tenant_id AS "tenantId", s.user_id AS "userId", s.role,
        s.custom_permissions AS "customPermissions", s.id_token AS "idToken", s.is_check_due AS "isCheckDue"
      FROM unnest($1::bytea[]) WITH ORDINALITY AS w (id_hash, place), find_session(w.id_hash) AS s`,
    values: [ids.map(hashOfSecret)],
  });
  const found = new Map(
    rows.map(({ place, customPermissions, ...session }) => [
      place,
      { ...session, permissions: permissionsOf({ role: session.role, customPermissions }) },
    ]),
  );
  return ids.map((_, index) => found.get(index + 1) ?? null);
}

/** Ends the session; answers the refresh token that it leaves behind, for the provider to take back. */
export async function endSession(pool: pg.Pool, principal: Principal, id: string): Promise<string | null> {
  const { rows } = await withTenant(pool, scopeOf(principal), (tx) =>
    tx.query<{ refresh_token: string | null }>(
      'DELETE FROM sessions WHERE id_hash = $1 RETURNING refresh_token',
      [hashOfSecret(id)],
    ),
  );
  return rows[0]?.refresh_token ?? null;
}

/** Whose sessions ended at the provider: of a person, of one session of the provider's, or of that session and person. */
export type EndedAtProvider = {
  readonly issuer: string;
  /** Sessions that began later are other ones; null where nothing says when it was. */
  readonly beganBy: Date | null;
} & (
  | { readonly subject: string; readonly sid: string | null }
  | { readonly subject: null; readonly sid: string }
);

/** Ends them in every company; answers how many there were, and the refresh tokens that they leave behind. */
export async function endSessionsOfProvider(
  pool: pg.Pool,
  { issuer, subject, sid, beganBy }: EndedAtProvider,
  requestId: string,
): Promise<{ readonly endedCount: number; readonly refreshTokens: readonly string[] }> {
  const tenants = await pool.query<{ tenantId: string }>(
    'SELECT tenants_of_provider_sessions($1, $2, $3) AS "tenantId"',
    [issuer, subject, sid],
  );
  const ended: { refresh_token: string | null }[] = [];
  for (const { tenantId } of tenants.rows) {
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId };
    const { rows } = await withTenant(pool, scope, (tx) =>
      tx.query<{ refresh_token: string | null }>(
        `DELETE FROM sessions s USING users u
         WHERE u.tenant_id = s.tenant_id AND u.id = s.user_id AND u.issuer = $1
           AND ($2::text IS NULL OR u.subject = $2) AND ($3::text IS NULL OR s.provider_sid = $3)
           AND ($4::timestamptz IS NULL OR s.created_at <= $4)
         RETURNING s.refresh_token`,
        [issuer, subject, sid, beganBy],
      ),
    );
    ended.push(...rows);
  }
  const refreshTokens = ended.flatMap(({ refresh_token: token }) => token ?? []);
  return { endedCount: ended.length, refreshTokens };
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
      [hashOfSecret(id), CHECK_EVERY_S],
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
      hashOfSecret(id),
      refreshToken,
      idToken,
    ]),
  );
}

function scopeOf({ tenantId, userId }: Principal) {
  return { tenantId, userId, deviceId: null, operationId: null, requestId: null };
}

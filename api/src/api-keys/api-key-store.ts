import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { type HeldRole, type Permission, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { hashOfSecret } from '#auth/hash-of-secret.ts';
import type { Principal } from '#http/caller.ts';
import { prefixOf } from './api-key-secret.ts';

/** A key with who made it. */
export type ApiKeyRow = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: readonly string[];
  readonly createdByName: string;
  readonly isCreatorActive: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
};

/** More than any company keeps; keys end, and old ones are of no interest. */
const LISTED_AT_MOST = 500;

const SELECT_KEYS = `SELECT k.id, k.name, k.prefix, k.permissions, u.name AS "createdByName",
    u.deactivated_at IS NULL AS "isCreatorActive", k.created_at AS "createdAt", k.expires_at AS "expiresAt",
    k.revoked_at AS "revokedAt", s.last_used_at AS "lastUsedAt"
  FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.created_by
  LEFT JOIN api_key_uses s ON s.tenant_id = k.tenant_id AND s.api_key_id = k.id
  WHERE k.tenant_id = $1`;

/** The newest first. */
export async function listApiKeys(tx: TenantTransaction, tenantId: string): Promise<readonly ApiKeyRow[]> {
  const { rows } = await tx.query<ApiKeyRow>({
    name: 'list-api-keys',
    text: `${SELECT_KEYS} ORDER BY k.created_at DESC, k.id DESC LIMIT ${LISTED_AT_MOST}`,
    values: [tenantId],
  });
  return rows;
}

export async function insertApiKey(
  tx: TenantTransaction,
  caller: Pick<Principal, 'tenantId' | 'userId'>,
  key: {
    readonly id: string;
    readonly name: string;
    readonly secret: string;
    readonly permissions: readonly Permission[];
    readonly lifeDays: number;
  },
): Promise<ApiKeyRow> {
  await tx.query(
    `INSERT INTO api_keys (tenant_id, id, name, prefix, secret_hash, permissions, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8))`,
    [
      caller.tenantId,
      key.id,
      key.name,
      prefixOf(key.secret),
      hashOfSecret(key.secret),
      key.permissions,
      caller.userId,
      key.lifeDays,
    ],
  );
  const { rows } = await tx.query<ApiKeyRow>(`${SELECT_KEYS} AND k.id = $2`, [caller.tenantId, key.id]);
  if (rows[0] === undefined) throw new Error(`key ${key.id} was made and cannot be read`);
  return rows[0];
}

/** False where the company has no such key. One that has ended keeps its first end. */
export async function revokeApiKey(tx: TenantTransaction, tenantId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE tenant_id = $1 AND id = $2',
    [tenantId, id],
  );
  return rowCount === 1;
}

/**
 * Whom a key acts for: the person who made it, as long as they are active, with what both of them may do. Null for one
 * that is unknown, revoked or expired. Notes the use, to the minute.
 */
export async function findKeyHolder(pool: pg.Pool, secret: string): Promise<Principal | null> {
  const { rows } = await pool.query<Found>({
    name: 'find-api-key',
    text: `SELECT tenant_id AS "tenantId", user_id AS "userId", api_key_id AS "apiKeyId", scopes, role,
        custom_permissions AS "customPermissions", is_use_noted AS "isUseNoted"
      FROM find_api_key($1)`,
    values: [hashOfSecret(secret)],
  });
  if (rows[0] === undefined) return null;
  const { scopes, customPermissions, isUseNoted, ...key } = rows[0];
  if (!isUseNoted) await noteUse(pool, key);
  const held = permissionsOf({ role: key.role, customPermissions });
  return { ...key, permissions: held.filter((permission) => scopes.includes(permission)) };
}

type Found = Pick<Principal, 'tenantId' | 'userId'> &
  HeldRole & {
    readonly apiKeyId: string;
    readonly scopes: readonly string[];
    /** It was, within the last minute. */
    readonly isUseNoted: boolean;
  };

async function noteUse(
  pool: pg.Pool,
  { tenantId, userId, apiKeyId }: Pick<Found, 'tenantId' | 'userId' | 'apiKeyId'>,
): Promise<void> {
  const scope = { tenantId, userId, deviceId: null, operationId: null, requestId: null };
  await withTenant(pool, scope, (tx) =>
    tx.query(
      `INSERT INTO api_key_uses (tenant_id, api_key_id, last_used_at) VALUES ($1, $2, now())
       ON CONFLICT (tenant_id, api_key_id) DO UPDATE SET last_used_at = excluded.last_used_at`,
      [tenantId, apiKeyId],
    ),
  );
}

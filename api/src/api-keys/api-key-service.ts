import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { atOnceWithTenant, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { ApiKeySchema, ApiKeyService } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { isPermission, type Permission } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { permissionByRpc } from '#http/permission-by-rpc.ts';
import { permissionViolations } from '#http/permission-violations.ts';
import { scopeOf } from '#http/scope-of.ts';
import { newApiKeySecret } from './api-key-secret.ts';
import { type ApiKeyRow, insertApiKey, listApiKeys, revokeApiKey } from './api-key-store.ts';

/** The keys of the caller's company. */
export function createApiKeyService({
  pool,
  newId,
}: {
  readonly pool: pg.Pool;
  readonly newId: () => string;
}): ServiceImpl<typeof ApiKeyService> {
  return {
    async listApiKeys(_request, context) {
      const caller = callerOf(context);
      const rows = await atOnceWithTenant(pool, scopeOf(caller), (tx) => listApiKeys(tx, caller.tenantId), {
        isReadOnly: true,
        keepsPlans: true,
      });
      return { keys: rows.map(messageOf), grantablePermissions: grantableBy(caller) };
    },

    async createApiKey(request, context) {
      const caller = callerOf(context);
      const permissions = scopesOf(request.permissions, caller);
      const secret = newApiKeySecret();
      const { name, expiresAfterDays: lifeDays } = request;
      const row = await withTenant(pool, scopeOf(caller), (tx) =>
        insertApiKey(tx, caller, { id: newId(), name, secret, permissions, lifeDays }),
      );
      return { key: messageOf(row), secret };
    },

    async revokeApiKey({ apiKeyId }, context) {
      const caller = callerOf(context);
      const isKnown = await withTenant(pool, scopeOf(caller), (tx) =>
        revokeApiKey(tx, caller.tenantId, apiKeyId.toLowerCase()),
      );
      if (!isKnown) throw connectErrorOf({ tag: 'not_found', what: 'api_key', field: 'api_key_id' });
      return {};
    },
  };
}

/** What somebody can give to a key: what they hold and some RPC asks for, but not the making of keys. */
function grantableBy({ permissions }: Caller): Permission[] {
  const asked = new Set<string>(Object.values(permissionByRpc));
  return permissions.filter((permission) => asked.has(permission) && permission !== 'api_keys:manage');
}

function scopesOf(asked: readonly string[], caller: Caller): Permission[] {
  const violations = permissionViolations(asked, {
    field: 'permissions',
    grantable: grantableBy(caller),
    refusal: 'is nothing that you can give to a key',
  });
  if (violations.length > 0) throw connectErrorOf({ tag: 'invalid', violations });
  return asked.filter(isPermission);
}

function messageOf(row: ApiKeyRow): MessageInitShape<typeof ApiKeySchema> {
  const { id, permissions, createdAt, expiresAt, revokedAt, lastUsedAt, ...same } = row;
  return {
    ...same,
    apiKeyId: id,
    permissions: [...permissions],
    createdAtMicros: microsOf(createdAt),
    expiresAtMicros: microsOf(expiresAt),
    ...(revokedAt === null ? {} : { revokedAtMicros: microsOf(revokedAt) }),
    ...(lastUsedAt === null ? {} : { lastUsedAtMicros: microsOf(lastUsedAt) }),
  };
}

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { ApiKeySchema, ApiKeyService } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { isPermission, type Permission } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf, type Violation } from '#http/connect-error-of.ts';
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
      const rows = await withTenant(pool, scopeOf(caller), (tx) => listApiKeys(tx, caller.tenantId), {
        isReadOnly: true,
      });
      return { keys: rows.map(messageOf) };
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

/** What a key may be given: what its maker holds, but not the making of keys. */
function scopesOf(asked: readonly string[], { permissions: held }: Caller): Permission[] {
  const scopes = asked.filter(isPermission);
  const violations = asked.flatMap((permission, index): Violation[] => {
    const field = `permissions[${index}]`;
    if (!isPermission(permission))
      return [{ field, rule: 'permission.known', message: 'is no permission that there is' }];
    if (permission === 'api_keys:manage')
      return [{ field, rule: 'permission.for_keys', message: 'no key makes keys' }];
    if (!held.includes(permission))
      return [{ field, rule: 'permission.held', message: 'is not yours to give' }];
    return [];
  });
  if (violations.length > 0) throw connectErrorOf({ tag: 'invalid', violations });
  return scopes;
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

import type { TenantScope } from '@eventkit/database/tenant-transaction.ts';
import type { Caller } from './caller.ts';

/** The caller's transaction: their tenant, their name in the audit trail, no longer than they wait for it. */
export function scopeOf({ tenantId, userId, requestId, remainingMs }: Caller): TenantScope {
  const statementTimeoutMs = remainingMs === null ? null : Math.max(1, Math.ceil(remainingMs()));
  return { tenantId, userId, deviceId: null, operationId: null, requestId, statementTimeoutMs };
}

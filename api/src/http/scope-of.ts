import type { TenantScope } from '@eventkit/database/tenant-transaction.ts';
import type { Caller } from './caller.ts';

/** The caller's transaction: their tenant, their name in the audit trail. */
export function scopeOf({ tenantId, userId, requestId }: Caller): TenantScope {
  return { tenantId, userId, deviceId: null, operationId: null, requestId };
}

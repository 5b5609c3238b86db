import { createContextKey, type HandlerContext } from '@connectrpc/connect';
import type { TenantScope } from '@eventkit/database/tenant-transaction.ts';
import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { requestIdKey } from './request-id.ts';

/** A device and the person whom it was leased to, who may have been shut out since. */
export type LeaseHolder = {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
};

export const leaseHolderKey = createContextKey<LeaseHolder | null>(null, {
  description: 'whose device asks',
});

/** Which device asks by its lease, as the scope of its transactions. Throws where none does. */
export function leaseScopeOf({ values }: Pick<HandlerContext, 'values'>): TenantScope & LeaseHolder {
  const holder = values.get(leaseHolderKey);
  if (holder === null) throw connectErrorOf({ tag: 'not_signed_in' });
  return { ...holder, operationId: null, requestId: values.get(requestIdKey) };
}

import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { type DeviceOrderService, WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type pg from 'pg';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { leaseScopeOf } from '#http/lease-holder.ts';
import { beginWipe, finishWipe, takeNoteOfOrder } from './wipe-store.ts';

/** What a device asks by its lease: whether it is to be wiped, and how that goes. */
export function createDeviceOrderService({
  pool,
}: {
  readonly pool: pg.Pool;
}): ServiceImpl<typeof DeviceOrderService> {
  const asDevice = <T>(
    context: HandlerContext,
    use: (tx: TenantTransaction, deviceId: DeviceId) => Promise<T>,
  ) => {
    const scope = leaseScopeOf(context);
    return withTenant(pool, scope, (tx) => use(tx, scope.deviceId));
  };
  return {
    async getOrder({ leftCount }, context) {
      const kind = await asDevice(context, (tx, deviceId) => takeNoteOfOrder(tx, deviceId, leftCount));
      return { kind: kind === null ? WipeKind.UNSPECIFIED : wipeKindNumbers[kind] };
    },
    async beginWipe({ leftCount }, context) {
      if (!(await asDevice(context, (tx, deviceId) => beginWipe(tx, deviceId, leftCount))))
        throw connectErrorOf({ tag: 'no_wipe_ordered' });
      return {};
    },
    async finishWipe(_request, context) {
      if (!(await asDevice(context, finishWipe))) throw connectErrorOf({ tag: 'no_wipe_ordered' });
      return {};
    },
  };
}

const wipeKindNumbers = { collect: WipeKind.COLLECT, now: WipeKind.NOW } as const;

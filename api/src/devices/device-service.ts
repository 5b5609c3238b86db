import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { DeviceService } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';

/** What admins do with the devices of their company. Streams and pushes of a revoked device end by the sync server. */
export function createDeviceService({ pool }: { readonly pool: pg.Pool }): ServiceImpl<typeof DeviceService> {
  /** `change` is the SET clause; $1 is the id, the rest are `values`. */
  const update = async (
    context: HandlerContext,
    deviceId: string,
    change: string,
    values: readonly string[] = [],
  ) => {
    const { rowCount } = await withTenant(pool, scopeOf(callerOf(context)), (tx) =>
      tx.query(`UPDATE devices SET ${change} WHERE id = $1`, [deviceId.toLowerCase(), ...values]),
    );
    if (rowCount === 0) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
    return {};
  };
  return {
    renameDevice: ({ deviceId, name }, context) => update(context, deviceId, 'name = $2', [name]),
    revokeDevice: ({ deviceId }, context) =>
      update(context, deviceId, 'revoked_at = coalesce(revoked_at, now())'),
    readmitDevice: ({ deviceId }, context) => update(context, deviceId, 'revoked_at = NULL'),
  };
}

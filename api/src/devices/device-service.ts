import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import {
  atOnceWithTenant,
  type TenantTransaction,
  withTenant,
} from '@eventkit/database/tenant-transaction.ts';
import { type DeviceService, WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { hasDevice, orderWipe, withdrawWipe } from './wipe-store.ts';

/** What admins do with the devices of their company. Streams and pushes of a revoked device end by the sync server. */
export function createDeviceService({ pool }: { readonly pool: pg.Pool }): ServiceImpl<typeof DeviceService> {
  const update = async (
    context: HandlerContext,
    deviceId: string,
    { name, set }: Change,
    values: readonly string[] = [],
  ) => {
    const text = `UPDATE devices SET ${set} WHERE id = $1`;
    const { rowCount } = await atOnceWithTenant(
      pool,
      scopeOf(callerOf(context)),
      (tx) => tx.query({ name, text, values: [deviceId.toLowerCase(), ...values] }),
      { keepsPlans: true },
    );
    if (rowCount === 0) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
    return {};
  };
  /** `act` answers false where the device has begun to wipe itself, or there is none. */
  const unlessBegun = async (
    context: HandlerContext,
    deviceId: string,
    act: (tx: TenantTransaction, deviceId: string) => Promise<boolean>,
  ) => {
    const id = deviceId.toLowerCase();
    const field = 'device_id';
    await withTenant(pool, scopeOf(callerOf(context)), async (tx) => {
      if (await act(tx, id)) return;
      throw connectErrorOf(
        (await hasDevice(tx, id))
          ? { tag: 'wipe_begun', field }
          : { tag: 'not_found', what: 'device', field },
      );
    });
    return {};
  };
  return {
    renameDevice: ({ deviceId, name }, context) => update(context, deviceId, RENAME, [name]),
    revokeDevice: ({ deviceId }, context) => update(context, deviceId, REVOKE),
    readmitDevice: ({ deviceId }, context) => update(context, deviceId, READMIT),
    orderWipe: ({ deviceId, kind }, context) =>
      unlessBegun(context, deviceId, (tx, id) =>
        orderWipe(tx, id, kind === WipeKind.NOW ? 'now' : 'collect'),
      ),
    withdrawWipe: ({ deviceId }, context) => unlessBegun(context, deviceId, withdrawWipe),
  };
}

/** A named statement's SET clause; $1 is the id. */
type Change = { readonly name: string; readonly set: string };

const RENAME: Change = { name: 'rename-device', set: 'name = $2' };
const REVOKE: Change = { name: 'revoke-device', set: 'revoked_at = coalesce(revoked_at, now())' };
/** What the device has not begun to carry out goes with its being shut out. */
const READMIT: Change = {
  name: 'readmit-device',
  set: `revoked_at = NULL,
    wipe_kind = CASE WHEN wipe_begun_at IS NOT NULL THEN wipe_kind END,
    wipe_ordered_at = CASE WHEN wipe_begun_at IS NOT NULL THEN wipe_ordered_at END,
    wipe_left_count = CASE WHEN wipe_begun_at IS NOT NULL THEN wipe_left_count END`,
};

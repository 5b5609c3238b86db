import type { ServiceImpl } from '@connectrpc/connect';
import { readCompanySettings } from '@eventkit/database/read-company-settings.ts';
import { atOnceWithTenant, type TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { findDevice, keepDevice } from './device-store.ts';
import type { LeaseSigner } from './offline-lease.ts';
import type { SyncTokenSigner } from './sync-token.ts';

/** Who is asking, their devices, and their tokens for the sync stream, each with the lease to go on without the server. */
export function createAuthService(capabilities: {
  readonly pool: pg.Pool;
  readonly signer: SyncTokenSigner;
  readonly leases: LeaseSigner;
}): ServiceImpl<typeof AuthService> {
  const { pool, signer, leases } = capabilities;
  return {
    async getMe(_request, context) {
      const caller = callerOf(context);
      const me = await atOnceWithTenant(pool, scopeOf(caller), (tx) => readMe(tx, caller.userId), {
        isReadOnly: true,
        keepsPlans: true,
      });
      const { userId, tenantId, role, permissions } = caller;
      return { userId, tenantId, role, permissions: [...permissions], ...me };
    },

    async registerDevice(request, context) {
      const caller = callerOf(context);
      const id = request.deviceId.toLowerCase() as DeviceId;
      const device = await atOnceWithTenant(
        pool,
        { ...scopeOf(caller), deviceId: id },
        (tx) => keepDevice(tx, caller, { id, name: request.name }),
        { keepsPlans: true },
      );
      if (device.isRevoked) throw connectErrorOf({ tag: 'device_revoked', field: 'device_id' });
      return { deviceId: id, name: device.name };
    },

    async createSyncToken(request, context) {
      const caller = callerOf(context);
      const id = request.deviceId.toLowerCase() as DeviceId;
      const [device, { offlineLeaseHours }] = await atOnceWithTenant(
        pool,
        scopeOf(caller),
        (tx) => together([findDevice(tx, id), readCompanySettings(tx)]),
        { isReadOnly: true, keepsPlans: true },
      );
      if (device === null) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
      if (device.isRevoked) throw connectErrorOf({ tag: 'device_revoked', field: 'device_id' });
      const { token, expiresAtMs } = await signer.sign(caller, id);
      const granted = await leases.grant({ ...caller, deviceId: id }, offlineLeaseHours);
      return { token, expiresAtMicros: BigInt(expiresAtMs) * 1000n, ...granted };
    },
  };
}

async function readMe(tx: TenantTransaction, userId: string) {
  const { rows } = await tx.query<Record<'tenantName' | 'name' | 'email' | 'locale' | 'timeZone', string>>({
    name: 'read-me',
    text: `SELECT t.name AS "tenantName", u.name, u.email, u.locale, coalesce(u.time_zone, t.time_zone) AS "timeZone"
      FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id WHERE u.id = $1`,
    values: [userId],
  });
  if (rows[0] === undefined) throw new Error(`user ${userId} authenticated and cannot be read`);
  return rows[0];
}

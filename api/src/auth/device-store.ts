import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Caller } from '#http/caller.ts';

export type Device = { readonly name: string; readonly isRevoked: boolean };

/** Registers the device unless it is; answers the device as it stands. Ids of other tenants are out of sight. */
export async function keepDevice(
  tx: TenantTransaction,
  caller: Caller,
  device: { readonly id: DeviceId; readonly name: string },
): Promise<Device> {
  const inserted = tx.query({
    name: 'insert-device',
    text: `INSERT INTO devices (tenant_id, id, name, registered_by) VALUES ($1, $2, $3, $4)
      ON CONFLICT (tenant_id, id) DO NOTHING`,
    values: [caller.tenantId, device.id, device.name, caller.userId],
  });
  const [, kept] = await together([inserted, findDevice(tx, device.id)]);
  if (kept === null) throw new Error(`device ${device.id} vanished within its own transaction`);
  return kept;
}

export async function findDevice(tx: TenantTransaction, id: DeviceId): Promise<Device | null> {
  const { rows } = await tx.query<Device>({
    name: 'find-device',
    text: 'SELECT name, revoked_at IS NOT NULL AS "isRevoked" FROM devices WHERE id = $1',
    values: [id],
  });
  return rows[0] ?? null;
}

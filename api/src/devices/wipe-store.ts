import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';

/** collect: it hands in first what it has not sent. now: that is lost. */
export type WipeKind = 'collect' | 'now';

/** Shuts the device out and orders it to be wiped; false where it has begun, or nobody has such a device. */
export async function orderWipe(tx: TenantTransaction, deviceId: string, kind: WipeKind): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE devices SET wipe_kind = $2, wipe_ordered_at = now(), wipe_left_count = NULL,
       revoked_at = coalesce(revoked_at, now())
     WHERE id = $1 AND wipe_begun_at IS NULL`,
    [deviceId, kind],
  );
  return rowCount === 1;
}

/** False where it has begun, or nobody has such a device. */
export async function withdrawWipe(tx: TenantTransaction, deviceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE devices SET wipe_kind = NULL, wipe_ordered_at = NULL, wipe_left_count = NULL
     WHERE id = $1 AND wipe_begun_at IS NULL`,
    [deviceId],
  );
  return rowCount === 1;
}

export async function hasDevice(tx: TenantTransaction, deviceId: string): Promise<boolean> {
  return (await tx.query('SELECT FROM devices WHERE id = $1', [deviceId])).rowCount === 1;
}

/** The order that the device has still to carry out, and notes what it says is left on it; null where none stands. */
export async function takeNoteOfOrder(
  tx: TenantTransaction,
  deviceId: DeviceId,
  leftCount: number,
): Promise<WipeKind | null> {
  const { rows } = await tx.query<{ kind: WipeKind; leftCount: number | null }>(
    `SELECT wipe_kind AS kind, wipe_left_count AS "leftCount" FROM devices
     WHERE id = $1 AND wipe_kind IS NOT NULL AND wiped_at IS NULL`,
    [deviceId],
  );
  const [order] = rows;
  if (order === undefined) return null;
  if (order.leftCount !== leftCount)
    await tx.query('UPDATE devices SET wipe_left_count = $2 WHERE id = $1', [deviceId, leftCount]);
  return order.kind;
}

/** False where no order stands, or something has to be collected first. */
export async function beginWipe(
  tx: TenantTransaction,
  deviceId: DeviceId,
  leftCount: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE devices SET wipe_begun_at = coalesce(wipe_begun_at, now()), wipe_left_count = $2
     WHERE id = $1 AND wiped_at IS NULL AND (wipe_kind = 'now' OR wipe_kind = 'collect' AND $2 = 0)`,
    [deviceId, leftCount],
  );
  return rowCount === 1;
}

/** False where it never began. */
export async function finishWipe(tx: TenantTransaction, deviceId: DeviceId): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE devices SET wiped_at = coalesce(wiped_at, now()) WHERE id = $1 AND wipe_begun_at IS NOT NULL',
    [deviceId],
  );
  return rowCount === 1;
}

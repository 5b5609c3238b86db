import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { NOTHING_SEEN, type SeenSequences, type SequenceRange } from './record-sequences.ts';

/** What a device tells of itself with each batch, for sync health. */
export type DeviceReport = {
  readonly queueLength: number;
  readonly appVersion: string;
  readonly receivedAt: string;
};

/** What has come from one local storage of the device so far, and its newest clock offset where one just came. */
export type EpochProgress = {
  readonly epoch: string;
  readonly seen: SeenSequences;
  readonly clockOffsetMs: number | null;
};

/** `registered`, or why nothing may be taken from this device. */
export type DeviceStanding = 'registered' | 'unknown_device' | 'revoked_device';

type OfDevice = { readonly tenantId: string; readonly deviceId: string };

/** Locks the device until the transaction ends: its batches are stored one after the other. */
export async function lockDevice(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
): Promise<DeviceStanding> {
  const { rows } = await tx.query<{ revoked_at: string | null }>({
    name: 'lock-device',
    text: 'SELECT revoked_at FROM devices WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
    values: [tenantId, deviceId],
  });
  const [device] = rows;
  if (device === undefined) return 'unknown_device';
  return device.revoked_at === null ? 'registered' : 'revoked_device';
}

/** Which numbers of one local storage have come so far. The device must be locked, or about to be. */
export async function findProgress(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
  epoch: string,
): Promise<SeenSequences> {
  const { rows } = await tx.query<{ last_sequence: number; gaps: SequenceRange[] }>({
    name: 'select-progress',
    text: SELECT_PROGRESS,
    values: [tenantId, deviceId, epoch],
  });
  const [seen] = rows;
  return seen === undefined ? NOTHING_SEEN : { lastSequence: seen.last_sequence, gaps: seen.gaps };
}

/** Notes which numbers have come and which are missing. */
export async function writeProgress(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
  { queueLength, appVersion, receivedAt }: DeviceReport,
  { epoch, seen, clockOffsetMs }: EpochProgress,
): Promise<void> {
  await tx.query({
    name: 'upsert-progress',
    text: UPSERT_PROGRESS,
    values: [
      tenantId,
      deviceId,
      epoch,
      seen.lastSequence,
      JSON.stringify(seen.gaps),
      queueLength,
      appVersion,
      clockOffsetMs,
      receivedAt,
    ],
  });
}

const SELECT_PROGRESS = `
  SELECT last_sequence, gaps FROM device_progress WHERE tenant_id = $1 AND device_id = $2 AND epoch = $3`;

const UPSERT_PROGRESS = `
  INSERT INTO device_progress AS p (tenant_id, device_id, epoch, last_sequence, gaps, queue_length, app_version,
    clock_offset_ms, last_contact_at)
  VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
  ON CONFLICT (tenant_id, device_id, epoch) DO UPDATE SET
    last_sequence = excluded.last_sequence, gaps = excluded.gaps, queue_length = excluded.queue_length,
    app_version = excluded.app_version, last_contact_at = excluded.last_contact_at,
    clock_offset_ms = coalesce(excluded.clock_offset_ms, p.clock_offset_ms)`;

import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { NOTHING_SEEN, type SeenSequences, type SequenceRange } from './record-sequences.ts';

/** What a device tells of itself, for sync health. */
export type DeviceReport = {
  /** How many operations wait on it. */
  readonly queueLength: number;
  readonly oldestWaitingAt: Instant | null;
  /** The last number that it gave, sent or not; 0 where it does not say. */
  readonly recordedSequence: number;
  readonly appVersion: string;
};

/** A report as it is kept, of one local storage of the device. */
export type StorageReport = DeviceReport & {
  readonly epoch: string;
  readonly receivedAt: Instant;
  /** Null: it did not say, and what it said before stays. */
  readonly clockOffsetMs: number | null;
  readonly isStorageKept: boolean | null;
};

/** A local storage and the last number that was given in it. */
export type CountedStorage = { readonly epoch: string; readonly recordedSequence: number };

/** What has come from one local storage of the device so far, and its newest clock offset where one just came. */
export type EpochProgress = {
  readonly epoch: string;
  readonly seen: SeenSequences;
  readonly clockOffsetMs: number | null;
};

/** `registered`, or why nothing may be taken from this device. `collected_device`: revoked, and to hand in what it holds. */
export type DeviceStanding = 'registered' | 'unknown_device' | 'revoked_device' | 'collected_device';

export type OfDevice = { readonly tenantId: string; readonly deviceId: string };

/** Locks the device until the transaction ends: its batches are stored one after the other. */
export async function lockDevice(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
): Promise<DeviceStanding> {
  const { rows } = await tx.query<{ revoked_at: string | null; is_collected: boolean }>({
    name: 'lock-device',
    text: LOCK_DEVICE,
    values: [tenantId, deviceId],
  });
  const [device] = rows;
  if (device === undefined) return 'unknown_device';
  if (device.revoked_at === null) return 'registered';
  return device.is_collected ? 'collected_device' : 'revoked_device';
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
  { epoch, seen, clockOffsetMs }: EpochProgress,
): Promise<void> {
  await tx.query({
    name: 'upsert-progress',
    text: UPSERT_PROGRESS,
    values: [tenantId, deviceId, epoch, seen.lastSequence, JSON.stringify(seen.gaps), clockOffsetMs],
  });
}

/** Notes how the device is and that it was heard, of a storage that has a row or gets one. */
export async function writeReport(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
  report: StorageReport,
): Promise<void> {
  const { epoch, queueLength, oldestWaitingAt, recordedSequence, appVersion, receivedAt } = report;
  const { clockOffsetMs, isStorageKept } = report;
  await tx.query({
    name: 'upsert-report',
    text: UPSERT_REPORT,
    values: [
      tenantId,
      deviceId,
      epoch,
      queueLength,
      oldestWaitingAt,
      recordedSequence,
      appVersion,
      clockOffsetMs,
      isStorageKept,
      receivedAt,
    ],
  });
}

/** Notes how far a storage had counted that is gone. */
export async function writeLost(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
  { epoch, recordedSequence }: CountedStorage,
): Promise<void> {
  await tx.query({
    name: 'upsert-lost',
    text: UPSERT_LOST,
    values: [tenantId, deviceId, epoch, recordedSequence],
  });
}

const LOCK_DEVICE = `
  SELECT revoked_at, wipe_kind IS NOT DISTINCT FROM 'collect' AND wipe_begun_at IS NULL AS is_collected
  FROM devices WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`;

const SELECT_PROGRESS = `
  SELECT last_sequence, gaps FROM device_progress WHERE tenant_id = $1 AND device_id = $2 AND epoch = $3`;

const UPSERT_PROGRESS = `
  INSERT INTO device_progress AS p (tenant_id, device_id, epoch, last_sequence, recorded_sequence, gaps, clock_offset_ms)
  VALUES ($1, $2, $3, $4, $4, $5::jsonb, $6)
  ON CONFLICT (tenant_id, device_id, epoch) DO UPDATE SET
    last_sequence = excluded.last_sequence, gaps = excluded.gaps,
    recorded_sequence = greatest(p.recorded_sequence, excluded.recorded_sequence),
    clock_offset_ms = coalesce(excluded.clock_offset_ms, p.clock_offset_ms)`;

const UPSERT_REPORT = `
  INSERT INTO device_progress AS p (tenant_id, device_id, epoch, queue_length, oldest_waiting_at, recorded_sequence,
    app_version, clock_offset_ms, is_storage_kept, last_contact_at, started_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
  ON CONFLICT (tenant_id, device_id, epoch) DO UPDATE SET
    queue_length = excluded.queue_length, oldest_waiting_at = excluded.oldest_waiting_at,
    recorded_sequence = greatest(p.recorded_sequence, excluded.recorded_sequence),
    app_version = excluded.app_version, last_contact_at = excluded.last_contact_at,
    clock_offset_ms = coalesce(excluded.clock_offset_ms, p.clock_offset_ms),
    is_storage_kept = coalesce(excluded.is_storage_kept, p.is_storage_kept),
    started_at = coalesce(p.started_at, excluded.started_at)`;

const UPSERT_LOST = `
  INSERT INTO device_progress AS p (tenant_id, device_id, epoch, recorded_sequence) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, device_id, epoch) DO UPDATE SET
    recorded_sequence = greatest(p.recorded_sequence, excluded.recorded_sequence)`;

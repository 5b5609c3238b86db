import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { SequenceRange } from '#upload/record-sequences.ts';
import type { DeviceVitals, StorageVitals } from './judge-device.ts';
import { STILL_KEPT } from './kept-operations-store.ts';

/** A device of the company, with what it told last. */
export type DeviceRow = DeviceVitals & {
  readonly id: string;
  readonly name: string;
  readonly registeredByName: string;
  /** The order to wipe it; null where none stands. */
  readonly wipeKind: 'collect' | 'now' | null;
  readonly wipeBegunAt: Instant | null;
  readonly wipedAt: Instant | null;
  /** What it held that the server does not have, when it was last heard about the order. */
  readonly wipeLeftCount: number | null;
};

export async function listDevices(tx: TenantTransaction, tenantId: string): Promise<readonly DeviceRow[]> {
  const [devices, storages, kept] = await together([
    tx.query<Omit<DeviceRow, 'storages' | 'keptCount'>>({
      name: 'list-devices',
      text: SELECT_DEVICES,
      values: [tenantId],
    }),
    tx.query<StorageRow>({ name: 'list-device-storages', text: SELECT_STORAGES, values: [tenantId] }),
    tx.query<{ deviceId: string; count: number }>({
      name: 'count-kept-operations',
      text: COUNT_KEPT,
      values: [tenantId],
    }),
  ]);
  const storagesByDevice = Map.groupBy(storages.rows, ({ deviceId }) => deviceId);
  const keptByDevice = new Map(kept.rows.map(({ deviceId, count }) => [deviceId, count]));
  return devices.rows.map((device) => ({
    ...device,
    keptCount: keptByDevice.get(device.id) ?? 0,
    storages: (storagesByDevice.get(device.id) ?? []).map(vitalsOf),
  }));
}

type StorageRow = Omit<StorageVitals, 'seen'> & {
  readonly deviceId: string;
  readonly lastSequence: number;
  readonly gaps: readonly SequenceRange[];
};

function vitalsOf({ deviceId: _, lastSequence, gaps, ...rest }: StorageRow): StorageVitals {
  return { ...rest, seen: { lastSequence, gaps } };
}

const SELECT_DEVICES = `
  SELECT d.id, d.name, d.registered_at AS "registeredAt", d.revoked_at AS "revokedAt",
    (SELECT u.name FROM users u WHERE u.tenant_id = d.tenant_id AND u.id = d.registered_by) AS "registeredByName",
    d.wipe_kind AS "wipeKind", d.wipe_ordered_at AS "wipeOrderedAt", d.wipe_begun_at AS "wipeBegunAt",
    d.wiped_at AS "wipedAt", d.wipe_left_count AS "wipeLeftCount"
  FROM devices d WHERE d.tenant_id = $1`;

const SELECT_STORAGES = `
  SELECT device_id AS "deviceId", epoch, started_at AS "startedAt", last_contact_at AS "lastContactAt",
    queue_length AS "queueLength", oldest_waiting_at AS "oldestWaitingAt", app_version AS "appVersion",
    clock_offset_ms AS "clockOffsetMs", is_storage_kept AS "isStorageKept", last_sequence AS "lastSequence", gaps,
    recorded_sequence AS "recordedSequence"
  FROM device_progress WHERE tenant_id = $1`;

const COUNT_KEPT = `
  SELECT u.device_id AS "deviceId", count(*)::integer AS count FROM unreadable_operations u
  WHERE u.tenant_id = $1 AND ${STILL_KEPT} GROUP BY u.device_id`;

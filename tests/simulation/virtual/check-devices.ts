import { columnsOf, overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import type { TenantTables } from './memory-database.ts';
import { rowsForDevice } from './memory-rows.ts';
import { keptKinds, type Poison } from './poison.ts';
import type { VirtualDevice } from './virtual-device.ts';
import type { SyncedRow } from './virtual-download.ts';
import { readProgress } from './virtual-download.ts';
import type { VirtualServer } from './virtual-server.ts';
import type { World } from './world.ts';

/** What operations change. */
const compared: readonly SyncedTableName[] = [...overlaidTableNames, 'operations'];

/** How many operations still have to go up and come down. Of the harmful ones, those that the server has not kept yet. */
export function countOpen(device: VirtualDevice, poison: Poison): number {
  const queued = device.disk.all('SELECT operation_id AS id, state FROM outbox', []);
  return queued.filter(({ id, state }) => {
    const kind = poison.kindOf(String(id));
    return kind === null || (keptKinds.has(kind) && state !== 'kept_unread');
  }).length;
}

/** Whether the download has come to the end of what the server has, and guesses rest on it. */
export function isInStep(device: VirtualDevice, server: VirtualServer): boolean {
  const { generation, position } = readProgress(device.disk);
  const head = server.head(device.tenant.tenantId);
  if (generation !== head.generation || position !== head.position) return false;
  return device.disk.all('SELECT 1 FROM dirty_subjects LIMIT 1', []).length === 0;
}

/** Whether the server has answered the report of every storage that the device has lost. */
export function hasToldLosses({ disk }: VirtualDevice): boolean {
  const [row] = disk.all("SELECT value FROM device_state WHERE key = 'lost_storages'", []);
  const losses = JSON.parse(String(row?.['value'] ?? '[]')) as { readonly isTold: boolean }[];
  return losses.every(({ isTold }) => isTold);
}

/** I3: every device holds what the server has, and no guess lies on it but of what the server cannot read. */
export function checkDevices(
  world: World,
  devices: readonly VirtualDevice[],
  tables: TenantTables,
  poison: Poison,
): void {
  for (const { disk, deviceId } of devices) {
    const rows = rowsForDevice(tables, deviceId);
    for (const table of compared) {
      const columns = columnsOf(table);
      const held = disk.all(`SELECT ${columns.join(', ')} FROM ${table}`, []) as SyncedRow[];
      const difference = differenceOf(held, rows.get(table) ?? [], columns);
      if (difference !== null) world.violate('I3', `${table} of device ${deviceId}: ${difference}`);
    }
    for (const overlay of overlaidTableNames.map((name) => `${name}_overlay`)) {
      const left = disk.all(`SELECT DISTINCT pending_operation_id AS id FROM ${overlay}`, []);
      for (const { id } of left) {
        if (poison.kindOf(String(id)) === null)
          world.violate('I3', `${overlay} of ${deviceId} still shows ${id}`);
      }
    }
  }
}

function differenceOf(
  held: readonly SyncedRow[],
  wanted: readonly SyncedRow[],
  columns: readonly string[],
): string | null {
  const text = (row: SyncedRow) => JSON.stringify(columns.map((column) => row[column] ?? null));
  const heldById = new Map(held.map((row) => [row.id, row]));
  for (const row of wanted) {
    const own = heldById.get(row.id);
    if (own === undefined) return `${row.id} is missing`;
    if (text(own) !== text(row)) return `${text(own)} should be ${text(row)}`;
  }
  return held.length === wanted.length ? null : `${held.length} rows instead of ${wanted.length}`;
}

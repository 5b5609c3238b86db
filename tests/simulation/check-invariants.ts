import { decodeOperation, encodeOperation } from '@eventkit/proto/operation-codec.ts';
import { attachmentsOf } from '@eventkit/shared/attachments/attachments-of.ts';
import type { Operation, Verdict } from '@eventkit/shared/operations/operation.ts';
import { overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { ownTables } from '@eventkit/shared/schema/own-tables.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { subjectLedgers } from '@eventkit/shared/schema/subject-ledgers.ts';
import { type SyncedTableName, syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import { expectBulk } from './bulk-oracle.ts';
import { expectEdits } from './edits-oracle.ts';
import { expectFillings } from './fillings-oracle.ts';
import { leadsTo } from './label-oracle.ts';
import { expectLedger, type Told } from './ledger-oracle.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import { assetIdIn, stockOf } from './stock-of.ts';
import { expectTransport } from './transport-oracle.ts';

const keptWhenDeleted: readonly SyncedTableName[] = subjectLedgers.edits.keepsDeleted;

type Row = Record<string, unknown> & { readonly id: string };

/**
 * Everything that devices are entitled to, as they hold it; the operations of one device are its own, and what is a
 * person's own is on their devices.
 */
export async function readServerRows(
  ownerPool: Pool,
  { tenantId }: UploadTenant,
): Promise<ReadonlyMap<SyncedTableName, readonly Row[]>> {
  const rowsByTable = new Map<SyncedTableName, readonly Row[]>();
  for (const table of Object.keys(syncedTables) as SyncedTableName[]) {
    const columns = Object.keys(syncedTables[table].columns).map((name) =>
      name === 'is_case' ? 'is_case::int' : name,
    );
    const isLive = keptWhenDeleted.includes(table) ? ' AND deleted_at IS NULL' : '';
    const text = `SELECT id, ${columns.join(', ')} FROM ${table} WHERE tenant_id = $1${isLive}`;
    rowsByTable.set(table, (await ownerPool.query<Row>(text, [tenantId])).rows);
  }
  return rowsByTable;
}

/** The first table in which the device differs from the server, or null: what it shows is what the server has (I3). */
export async function differenceOf(
  device: Pick<SimulatedDevice, 'deviceId' | 'userId' | 'current'>,
  server: ReadonlyMap<SyncedTableName, readonly Row[]>,
): Promise<string | null> {
  const { replica } = device.current();
  for (const [table, rows] of server) {
    const isWanted = (row: Row) =>
      table === 'operations'
        ? row['device_id'] === device.deviceId
        : !(table in ownTables) || row['user_id'] === device.userId;
    const wanted = rows.filter(isWanted);
    const shown = syncedTables[table].isOverlaid ? `${table}_now` : table;
    const columns = ['id', ...Object.keys(syncedTables[table].columns)];
    const held = await replica.getAll<Row>(`SELECT ${columns.join(', ')} FROM ${shown}`);
    if (fingerprint(held, columns) !== fingerprint(wanted, columns)) return table;
  }
  const { left } = await replica.get<{ left: number }>(
    `SELECT (SELECT count(*) FROM outbox) + ${overlaidTableNames
      .map((name) => `(SELECT count(*) FROM ${name}_overlay)`)
      .join(' + ')} AS left`,
  );
  return left === 0 ? null : `outbox and overlay (${left})`;
}

function fingerprint(rows: readonly Row[], columns: readonly string[]): string {
  return rows
    .map((row) => JSON.stringify(columns.map((column) => row[column])))
    .sort()
    .join('\n');
}

/** What was there to be compared, to prove that a run did something. */
export type CheckedCounts = {
  readonly operationCount: number;
  readonly conflictCount: number;
  readonly photoCount: number;
  /** Things that stand in for others in the end. */
  readonly fillingCount: number;
};

/** I1, I2, I4 and I6 on the server's rows, against what the devices confirmed and what the oracle makes of it. */
export async function checkServer(
  ownerPool: Pool,
  tenant: UploadTenant,
  devices: readonly Pick<SimulatedDevice, 'acknowledged'>[],
): Promise<CheckedCounts> {
  const query = async (text: string) => (await ownerPool.query<Row>(text, [tenant.tenantId])).rows;
  const stored = await query(
    `SELECT id, device_id, epoch, sequence, envelope, effective_at, verdict FROM operations WHERE tenant_id = $1`,
  );
  const storedById = new Map(stored.map((row) => [row.id, row]));

  // I1: what was confirmed is there, byte for byte, and judged; and nothing was set aside.
  for (const operation of devices.flatMap((device) => device.acknowledged)) {
    const row = storedById.get(operation.id);
    expect(row, `operation ${operation.id} was confirmed`).toBeDefined();
    expect(Buffer.from(row?.['envelope'] as Buffer)).toEqual(Buffer.from(encodeOperation(operation)));
  }
  expect(await query('SELECT id, problem FROM unreadable_operations WHERE tenant_id = $1')).toEqual([]);
  for (const progress of await query(
    'SELECT device_id AS id, gaps FROM device_progress WHERE tenant_id = $1',
  )) {
    expect(progress['gaps'], `numbers of device ${progress.id}`).toEqual([]);
  }

  // Each photo that a confirmed operation named stands beside it, whether its bytes have come or not.
  const photos = await query('SELECT id FROM attachments WHERE tenant_id = $1');
  const named = devices
    .flatMap((device) => device.acknowledged)
    .flatMap((operation) => attachmentsOf(operation, storedById.get(operation.id)?.['verdict'] as Verdict));
  expect(photos.map(({ id }) => id).sort()).toEqual(named.map(({ id }) => id as string).sort());

  // I2: numbers are taken once, and the facts of each operation are there once.
  const numbers = stored.map((row) => `${row['device_id']} ${row['epoch']} ${row['sequence']}`);
  expect(new Set(numbers).size).toBe(stored.length);
  const movements = await query('SELECT id, operation_id, asset_id FROM movements WHERE tenant_id = $1');
  const effects = movements.flatMap((row) =>
    row['asset_id'] === null ? [] : [`${row['operation_id']} ${row['asset_id']}`],
  );
  const known = movements.filter((row) => row['asset_id'] !== null);
  expect(new Set(effects).size).toBe(known.length);

  // I5: no operation changed an asset twice, and each asset that moved has its changes on the trail.
  const audited = await query(
    `SELECT row_id AS id, operation_id FROM audit_log
     WHERE tenant_id = $1 AND table_name = 'assets' AND action = 'update'`,
  );
  expect(new Set(audited.map((row) => `${row.id} ${row['operation_id']}`)).size).toBe(audited.length);
  const changed = new Set(audited.map(({ id }) => id));
  expect(known.filter((row) => !changed.has(row['asset_id'] as string))).toEqual([]);

  // I4 and I6: every asset is in the one place, and every conflict is on the list, that the oracle says.
  const told = stored.filter((row) => row['verdict'] !== 'refused').map(toldOf);
  const expected = expectLedger(stockOf(tenant), told);
  const assets = await query(
    `SELECT id, place_kind, place_id, for_event_id, status, condition, inspection_due_at, sealed_by, last_movement_id
     FROM assets WHERE tenant_id = $1`,
  );
  for (const asset of assets) {
    const { place, outFor, status, condition, inspectionDueAt, sealedBy, lastMovementId } =
      expected.assetsById.get(asset.id) ?? {};
    expect(
      {
        place: `${asset['place_kind']} ${asset['place_id']}`,
        outFor: asset['place_kind'] === 'event' ? asset['place_id'] : asset['for_event_id'],
        status: asset['status'],
        condition: asset['condition'],
        inspectionDueAt: asset['inspection_due_at'],
        sealedBy: asset['sealed_by'],
        lastMovementId: asset['last_movement_id'],
      },
      `asset ${asset.id}`,
    ).toEqual({ place, outFor, status, condition, inspectionDueAt, sealedBy, lastMovementId });
  }
  const conflicts = await query('SELECT id, status FROM conflicts WHERE tenant_id = $1');
  const labels = await query('SELECT id, value, asset_id, location_id FROM labels WHERE tenant_id = $1');
  expect(
    new Map(labels.map((label) => [String(label['value']), leadsTo(label as unknown as RowOf<'labels'>)])),
  ).toEqual(expected.labels.targetsByCode);
  const bulk = expectBulk(told);
  const edits = expectEdits(tenant, told);
  const stocks = await query('SELECT id, quantity FROM bulk_stock WHERE tenant_id = $1');
  expect(new Map(stocks.map(({ id, quantity }) => [id, quantity]))).toEqual(bulk.quantitiesByStock);
  const fillings = await query('SELECT id, line_id FROM line_fillings WHERE tenant_id = $1');
  expect(new Map(fillings.map((row) => [row.id, row['line_id']]))).toEqual(expectFillings(told));
  const transport = expectTransport(told, assetIdIn(stockOf(tenant)));
  const subjects = await query(
    `SELECT id, concat(coalesce(to_char(on_road_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'null'), ' ', coalesce(place_id::text, 'null')) AS state
     FROM vehicle_states WHERE tenant_id = $1
     UNION ALL SELECT id, concat(coalesce(confirmation_id, 'null'), ' ', json_array_length(changes::json), ' ',
       json_array_length(witnesses::json)) FROM truck_packs WHERE tenant_id = $1`,
  );
  expect(new Map(subjects.map(({ id, state }) => [id, state]))).toEqual(transport.bySubject);
  expect(conflicts.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
    [...expected.conflicts, ...bulk.conflicts, ...transport.conflicts, ...edits.conflicts].sort(),
  );
  const lines = await query(
    'SELECT id, quantity, note, order_key FROM pull_list_lines WHERE tenant_id = $1 AND deleted_at IS NULL',
  );
  const linesById = new Map(lines.map((line) => [line.id, line]));
  for (const [rowId, fields] of Object.entries(edits.fields)) {
    if (fields === null) expect(linesById.has(rowId), `line ${rowId}`).toBe(false);
    else expect(linesById.get(rowId), `line ${rowId}`).toMatchObject(fields);
  }
  return {
    operationCount: stored.length,
    conflictCount: conflicts.length,
    photoCount: photos.length,
    fillingCount: fillings.length,
  };
}

function toldOf(row: Row): Told {
  const decoded = decodeOperation(row['envelope'] as Buffer);
  if (!decoded.ok) throw new Error(`operation ${row.id} cannot be read back`);
  const operation: Operation = decoded.value;
  const effectiveAt = String(row['effective_at']);
  expect(effectiveAt <= operation.recordedAt).toBe(true);
  return { operation, effectiveAt };
}

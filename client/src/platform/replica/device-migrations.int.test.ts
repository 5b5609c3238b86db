import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { createTestIds } from '#platform/testing/test-ids.ts';
import { assetIdOf, checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { prepareBulkTables } from './bulk-tables.ts';
import { migrateDevice } from './device-migrations.ts';
import { readDeviceState } from './device-state.ts';

describe('the shape of a replica', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3 }));
  });
  afterEach(() => device.close());

  const migrate = async () => {
    await migrateDevice(device.replica, { deviceId: device.deviceId, newId: createTestIds(50) });
    // As a device that has everything does.
    await prepareBulkTables(device.replica);
  };
  const schema = () => device.replica.getAll('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name');

  it('commits durably, on the connection that writes', async () => {
    const level = await device.replica.writeLock((connection) => connection.get('PRAGMA synchronous'));
    expect(level).toEqual({ synchronous: 2 });
  });

  it('stays as it is when opened again, epoch and numbers included', async () => {
    const before = [await schema(), await readDeviceState(device.replica)];
    device = await device.reopen();
    await migrate();
    expect([await schema(), await readDeviceState(device.replica)]).toEqual(before);
  });

  it('takes an older replica over: a missing column comes, the queue and its guesses stay', async () => {
    await recordOperation(device.capabilities, checkOut(1, gala));
    const before = await schema();
    await device.replica.writeTransaction(async (tx) => {
      for (const { name, type } of await tx.getAll<{ name: string; type: string }>(
        "SELECT name, type FROM sqlite_schema WHERE type IN ('trigger', 'view') AND name NOT LIKE 'ps_%'",
      )) {
        await tx.execute(`DROP ${type} ${name}`);
      }
      await tx.execute('ALTER TABLE assets DROP COLUMN serial');
      await tx.execute('ALTER TABLE assets_overlay DROP COLUMN serial');
      await tx.execute("UPDATE device_state SET value = 'older' WHERE key = 'shape'");
    });
    await migrate();

    const names = (rows: unknown[]) => rows.map((row) => (row as { name: string }).name);
    expect(names(await schema())).toEqual(names(before));
    const asset = await device.replica.get('SELECT place_id, serial FROM assets_now WHERE id = ?', [
      assetIdOf(1),
    ]);
    expect(asset).toEqual({ place_id: gala, serial: null });
    expect(await recordOperation(device.capabilities, checkOut(2, gala))).toMatchObject({
      ok: true,
      value: { operation: { sequence: 2 } },
    });
  });

  it('never lets a trigger fail where PowerSync applies rows: repeated, replaced and removed', async () => {
    const recorded = await recordOperation(device.capabilities, checkOut(1, gala));
    if (!recorded.ok) throw new Error(recorded.error.problem);
    const verdict = { id: recorded.value.operation.id, verdict: 'applied' };
    const asset = await device.replica.get<{ id: string }>('SELECT * FROM assets WHERE id = ?', [
      assetIdOf(1),
    ]);
    const movement = { id: `${verdict.id}:0`, asset_id: assetIdOf(1), operation_id: verdict.id };
    for (const round of [1, 2, 3]) {
      await device.replica.execute('INSERT INTO dirty_subjects (subject) VALUES (?)', [assetIdOf(round)]);
      await download(device.replica, [
        { table: 'assets', rows: [asset, asset] },
        { table: 'movements', rows: [movement, movement] },
        { table: 'operations', rows: [verdict, verdict] },
      ]);
      await device.replica.execute('INSERT OR REPLACE INTO operations (id, verdict) VALUES (?, ?)', [
        verdict.id,
        'applied',
      ]);
    }
    for (const table of ['operations', 'movements', 'assets'])
      await device.replica.execute(`DELETE FROM ${table}`);
    expect(await device.replica.getAll('SELECT * FROM outbox')).toEqual([]);
    expect(await device.replica.getAll('SELECT operation_id FROM settled_operations')).toHaveLength(1);
  });

  it('has no unique constraint that a trigger could hurt', async () => {
    const written = ['dirty_subjects', 'settled_operations'];
    const unique = await device.replica.getAll(
      `SELECT tables.name FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
        WHERE tables.name IN (SELECT value FROM json_each(?)) AND indexes."unique" = 1`,
      [JSON.stringify(written)],
    );
    expect(unique).toEqual([]);
  });
});

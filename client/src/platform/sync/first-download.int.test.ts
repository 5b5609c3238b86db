import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { redecidePending } from '#platform/operations/redecide-pending.ts';
import { prepareBulkTables } from '#platform/replica/bulk-tables.ts';
import { migrateDevice } from '#platform/replica/device-migrations.ts';
import { createServerDouble } from '#platform/testing/server-double.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { createTestIds } from '#platform/testing/test-ids.ts';
import { assetIdOf, checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { startTestSync } from '#platform/testing/test-sync.ts';
import { until } from '#platform/testing/until.ts';

const server = createServerDouble(newStock({ assetCount: 20 }));
let device: TestDevice;
beforeEach(async () => {
  device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  await unprepareBulkTables();
});
afterEach(() => device.close());

it('is called complete when all is here and indexed, and the plans before', async () => {
  const sync = await startTestSync(device, server);
  const seen: string[] = [];
  const look = () => {
    const { hasPlans, hasSynced } = sync.state.current().download;
    const now = `${hasPlans ? 'plans' : 'nothing'}${hasSynced ? ' and all' : ''}`;
    if (seen.at(-1) !== now) seen.push(now);
  };
  look();
  sync.state.subscribe(look);
  await until('all is here', () => sync.state.current().download.hasSynced);
  const whenComplete = await bulkNames();
  await sync.stop();

  expect(seen).toEqual(['nothing', 'plans', 'plans and all']);
  expect(whenComplete).toContain('assets_by_code');
  expect(whenComplete).toContain('movements_into_case');
  expect(whenComplete).toContain('movements_dirty_INSERT');
  expect(sync.problems).toEqual([]);
});

it('was cut short after the last row: the next opening makes the indexes and triggers', async () => {
  const sync = await startTestSync(device, server);
  await device.replica.waitForFirstSync();
  await sync.stop();
  await unprepareBulkTables();
  await migrateDevice(device.replica, { deviceId: device.deviceId, newId: createTestIds(50) });
  expect(await bulkNames()).toEqual(expect.arrayContaining(['assets_by_code', 'movements_dirty_INSERT']));
});

it('looks again, when all is here, at what was recorded meanwhile', async () => {
  const stock = newStock({ assetCount: 20 });
  await download(device.replica, stock);
  await recordOperation(device.capabilities, checkOut(1, gala));
  const assets = stock.find(({ table }) => table === 'assets')?.rows ?? [];
  const lost = assets.filter(({ id }) => id === assetIdOf(1)).map((row) => ({ ...row, code: 'A-0001-NEW' }));
  await download(device.replica, [{ table: 'assets', rows: lost }]);
  const codeNow = async () =>
    (await device.replica.get<{ code: string }>('SELECT code FROM assets_now WHERE id = ?', [assetIdOf(1)]))
      .code;
  expect(await codeNow()).toBe('A-0001');

  await prepareBulkTables(device.replica);
  expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
  expect(await codeNow()).toBe('A-0001-NEW');
});

/** As a new replica is: without the indexes and triggers of its large tables. */
async function unprepareBulkTables(): Promise<void> {
  for (const { type, name } of await onBulkTables()) await device.replica.execute(`DROP ${type} ${name}`);
  await device.replica.execute("DELETE FROM device_state WHERE key = 'bulk_shape'");
}

async function bulkNames(): Promise<string[]> {
  return (await onBulkTables()).map(({ name }) => name);
}

function onBulkTables(): Promise<{ type: string; name: string }[]> {
  return device.replica.getAll(
    `SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
       AND tbl_name IN ('assets', 'movements', 'conflicts', 'operations') AND name NOT LIKE 'operations_settle%'`,
  );
}

import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrateDevice } from '#platform/replica/device-migrations.ts';
import { createServerDouble } from '#platform/testing/server-double.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { createTestIds } from '#platform/testing/test-ids.ts';
import { newStock } from '#platform/testing/test-stock.ts';
import { startTestSync } from '#platform/testing/test-sync.ts';
import { until } from '#platform/testing/until.ts';

const server = createServerDouble(newStock({ assetCount: 20 }));
let device: TestDevice;
beforeEach(async () => {
  device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  // As a new replica is: without the indexes of its large tables.
  await dropBulkIndexes();
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
  const indexesWhenComplete = await bulkIndexes();
  await sync.stop();

  expect(seen).toEqual(['nothing', 'plans', 'plans and all']);
  expect(indexesWhenComplete).toContain('assets_by_code');
  expect(indexesWhenComplete).toContain('movements_into_case');
  expect(sync.problems).toEqual([]);
});

it('was cut short after the last row: the next opening makes the indexes', async () => {
  const sync = await startTestSync(device, server);
  await device.replica.waitForFirstSync();
  await sync.stop();
  await dropBulkIndexes();
  await migrateDevice(device.replica, { deviceId: device.deviceId, newId: createTestIds(50) });
  expect(await bulkIndexes()).toContain('assets_by_code');
});

async function dropBulkIndexes(): Promise<void> {
  for (const name of await bulkIndexes()) await device.replica.execute(`DROP INDEX ${name}`);
  await device.replica.execute("DELETE FROM device_state WHERE key = 'bulk_indexes'");
}

async function bulkIndexes(): Promise<string[]> {
  const rows = await device.replica.getAll<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN ('assets', 'movements', 'conflicts', 'operations')`,
  );
  return rows.map(({ name }) => name);
}

import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevice } from '#testing/device.ts';
import {
  eventually,
  type RunningSyncServer,
  runSyncServer,
  testToken,
} from '#testing/running-sync-server.ts';
import { assetId, insertAssets, insertTenant } from '#testing/test-tenant.ts';

let database: TestDatabase;
let db: Client;
let running: RunningSyncServer;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Client({ connectionString: database.ownerUrl });
  await db.connect();
  running = await runSyncServer({ ownerUrl: database.ownerUrl });
});

afterAll(async () => {
  await running.stop();
  await db.end();
  await database.drop();
});

test('a device gets the rows of its tenant, then every change', async () => {
  const mine = await insertTenant(db, 1);
  const other = await insertTenant(db, 2);
  await insertAssets(db, mine, 1, 100);
  await insertAssets(db, other, 1, 100);
  await eventually(() => running.server.health().status === 'ok', 'the first copy');
  const device = await createDevice({
    url: () => running.url,
    token: () => testToken({ tenantId: mine.id, deviceId: mine.deviceId }),
  });
  await device.connect();
  await device.db.waitForFirstSync();
  expect(await device.db.getAll('SELECT count(*) AS n FROM assets')).toEqual([{ n: 100 }]);
  expect(await device.db.get('SELECT * FROM assets WHERE id = ?', [assetId(mine, 7)])).toMatchObject({
    code: 'A-7',
    is_case: 0,
    last_moved_at: '2026-11-01T08:00:00.123000Z',
  });
  await db.query(`UPDATE assets SET status = 'lost' WHERE id = $1`, [assetId(mine, 7)]);
  await eventually(
    () => device.db.getOptional(`SELECT 1 FROM assets WHERE id = ? AND status = 'lost'`, [assetId(mine, 7)]),
    'the change',
  );
  await db.query('UPDATE assets SET deleted_at = now() WHERE id = $1', [assetId(mine, 8)]);
  await eventually(
    async () =>
      (await device.db.getAll('SELECT 1 FROM assets WHERE id = ?', [assetId(mine, 8)])).length === 0,
    'the removal',
  );
  await device.close();
});

test('a right that is lost takes its rows away, one that is given brings them', async () => {
  const tenant = await insertTenant(db, 3);
  await insertAssets(db, tenant, 1, 5);
  let permissions = ['inventory:read'];
  const device = await createDevice({
    url: () => running.url,
    token: () => testToken({ tenantId: tenant.id, permissions, lifeSeconds: 2 }),
  });
  const countOf = async (table: string) =>
    (await device.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).n;
  await device.connect();
  await eventually(async () => (await countOf('assets')) === 5, 'the assets');
  permissions = [];
  await eventually(async () => (await countOf('assets')) === 0, 'the assets to go');
  expect(await countOf('users')).toBe(1);
  permissions = ['inventory:read'];
  await eventually(async () => (await countOf('assets')) === 5, 'the assets again');
  await device.close();
});

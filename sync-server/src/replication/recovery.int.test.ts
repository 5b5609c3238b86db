import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDevice, type TestDevice } from '#testing/device.ts';
import { openStream } from '#testing/raw-reader.ts';
import { checkpointsOf, dataOf, isComplete } from '#testing/read-lines.ts';
import {
  eventually,
  type RunningSyncServer,
  runSyncServer,
  testToken,
} from '#testing/running-sync-server.ts';
import { assetId, insertAssets, insertTenant, type TestTenant } from '#testing/test-tenant.ts';

let database: TestDatabase;
let db: Client;
let tenant: TestTenant;
let running: RunningSyncServer;
const devices: TestDevice[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  db = new Client({ connectionString: database.ownerUrl });
  await db.connect();
  tenant = await insertTenant(db, 1);
  await insertAssets(db, tenant, 1, 50);
});

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
  await running.stop();
  await db.end();
  await database.drop();
});

async function start(port?: number): Promise<void> {
  running = await runSyncServer({
    ownerUrl: database.ownerUrl,
    watchEveryMs: 100,
    ...(port === undefined ? {} : { port }),
  });
  await eventually(() => running.server.health().status === 'ok', 'the first copy');
}

async function restart(): Promise<void> {
  const port = Number(new URL(running.url).port);
  await running.stop();
  await start(port);
}

async function connectDevice(): Promise<TestDevice> {
  const device = await createDevice({
    url: () => running.url,
    token: () => testToken({ tenantId: tenant.id, deviceId: tenant.deviceId }),
  });
  devices.push(device);
  await device.connect();
  await device.db.waitForFirstSync();
  return device;
}

function mark(number: number, serial: string) {
  return db.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND id = $3', [
    serial,
    tenant.id,
    assetId(tenant, number),
  ]);
}

/** Waits until the device holds exactly the assets of the database. */
async function converge(device: TestDevice): Promise<void> {
  await eventually(async () => {
    const { rows } = await db.query(
      'SELECT id::text, serial, status FROM assets WHERE deleted_at IS NULL ORDER BY id',
    );
    const held = await device.db.getAll('SELECT id, serial, status FROM assets ORDER BY id');
    return JSON.stringify(rows) === JSON.stringify(held);
  }, 'the device to hold what the database holds');
}

async function slotName(): Promise<string> {
  const { rows } = await db.query<{ slot: string }>('SELECT slot FROM sync.state');
  return rows[0]?.slot ?? '';
}

describe('restarts', () => {
  test('[SY22] a restart of this server loses nothing and copies nothing', async () => {
    await start();
    const device = await connectDevice();
    const port = Number(new URL(running.url).port);
    await running.stop();
    await mark(1, 'while away');
    await db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [tenant.id, assetId(tenant, 2)]);
    await start(port);
    await mark(3, 'after');
    await converge(device);
    const copied = await running.registry.getSingleMetric('eventkit_sync_copied_rows_total')?.get();
    expect(copied?.values[0]?.value ?? 0).toBe(0);
  });

  test('[SY22] connections that are cut come again', async () => {
    await start();
    const device = await connectDevice();
    await db.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await mark(1, 'after the cut');
    await converge(device);
  });
});

describe('two servers on one database', () => {
  test('[SY22] the second says that it waits, and takes over where the first ended', async () => {
    await start();
    const second = await runSyncServer({ ownerUrl: database.ownerUrl });
    await eventually(
      () => second.server.health().problems.some((problem) => problem.includes('another sync server')),
      'the second to notice',
    );
    const first = running;
    running = second;
    await first.stop();
    await mark(1, 'between');
    await eventually(() => second.server.health().status === 'ok', 'the second to take over');
    const reader = await openStream({ url: second.url, token: testToken({ tenantId: tenant.id }) });
    await eventually(() => dataOf(reader.lines).some((op) => op.data?.includes('between')), 'the change');
    reader.close();
    expect(second.server.health().problems).toEqual([]);
  });
});

describe('ending', () => {
  test('does not wait for a slot that is being made behind a long transaction', async () => {
    const long = new Client({ connectionString: database.ownerUrl });
    await long.connect();
    await long.query('BEGIN');
    await mark(1, 'x');
    await long.query('UPDATE users SET name = name');
    running = await runSyncServer({ ownerUrl: database.ownerUrl });
    await eventually(async () => {
      const { rows } = await db.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%create_logical%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()`,
      );
      return Number(rows[0]?.n) > 0;
    }, 'the slot to be waited for');
    const startedAt = performance.now();
    await running.stop();
    expect(performance.now() - startedAt).toBeLessThan(6000);
    await long.query('ROLLBACK');
    await long.end();
  });
});

describe('copying again', () => {
  test('[SY23] a lost slot costs the clients only the differences', async () => {
    await start();
    const reader = await openStream({ url: running.url, token: testToken({ tenantId: tenant.id }) });
    await eventually(() => isComplete(reader.lines), 'the first checkpoint');
    const from = reader.lines.length;
    const slot = await slotName();
    await db.query(
      'SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = $1',
      [slot],
    );
    await eventually(async () => {
      try {
        await db.query('SELECT pg_drop_replication_slot($1)', [slot]);
        return true;
      } catch {
        await db.query(
          'SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = $1',
          [slot],
        );
        return false;
      }
    }, 'the slot to be dropped');
    await mark(1, 'unseen');
    await db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [tenant.id, assetId(tenant, 2)]);
    await insertAssets(db, tenant, 51, 51);
    await eventually(() => dataOf(reader.lines.slice(from)).length === 3, 'the differences');
    await eventually(() => isComplete(reader.lines), 'their checkpoint');
    reader.close();
    const news = dataOf(reader.lines.slice(from)).map((op) => [op.op, op.object_id]);
    expect(news.toSorted()).toEqual(
      [
        ['PUT', assetId(tenant, 1)],
        ['PUT', assetId(tenant, 51)],
        ['REMOVE', assetId(tenant, 2)],
      ].toSorted(),
    );
    expect(checkpointsOf(reader.lines)[0]).toBeDefined();
    expect(await slotName()).toBe(slot);
  });

  test('[SY23] a column whose type changes is copied again', async () => {
    await start();
    const device = await connectDevice();
    await db.query('ALTER TABLE products ALTER COLUMN weight_grams TYPE integer');
    await db.query(`UPDATE products SET weight_grams = 7 WHERE tenant_id = $1`, [tenant.id]);
    await eventually(
      () => device.db.getOptional('SELECT 1 FROM products WHERE weight_grams = 7'),
      'the new weight',
    );
    expect(running.server.health().problems).toEqual([]);
  });

  test('[SY24] without its publication it serves what it has, says so, and recovers', async () => {
    await start();
    const device = await connectDevice();
    await db.query('ALTER PUBLICATION powersync DROP TABLE assets');
    await eventually(
      () => running.server.health().problems.some((problem) => problem.includes('lacks table assets')),
      'the problem',
    );
    expect(running.server.health().status).toBe('degraded');
    await mark(1, 'unpublished');
    await db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [tenant.id, assetId(tenant, 2)]);
    await db.query('ALTER PUBLICATION powersync ADD TABLE assets');
    await converge(device);
    await eventually(() => running.server.health().status === 'ok', 'health');
  });

  test('[SY25] rows written during the copy arrive once and in their last state', async () => {
    await insertAssets(db, tenant, 51, 20_000);
    const writer = new Client({ connectionString: database.ownerUrl });
    await writer.connect();
    let isCopying = true;
    const writing = (async () => {
      for (let round = 0; isCopying; round += 1) {
        await writer.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND id = ANY ($3)', [
          `round ${round}`,
          tenant.id,
          [1, 9999, 10_001, 20_000].map((number) => assetId(tenant, number)),
        ]);
        await insertAssets(writer, tenant, 30_000 + round, 30_000 + round);
        await writer.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [
          tenant.id,
          assetId(tenant, 100 + round),
        ]);
      }
    })();
    await start();
    isCopying = false;
    await writing;
    await writer.end();
    await converge(await connectDevice());
    const { rows } = await db.query<{ twice: string }>(
      `SELECT count(*) AS twice FROM (SELECT FROM sync.ops WHERE superseded_by IS NULL
       GROUP BY bucket_id, source_table, source_key HAVING count(*) > 1) AS x`,
    );
    expect(Number(rows[0]?.twice)).toBe(0);
  });
});

describe('changes', () => {
  test('[SY26] a changed key, TRUNCATE and DELETE arrive as what they mean', async () => {
    await start();
    const device = await connectDevice();
    await db.query(`INSERT INTO labels (tenant_id, id, value, location_id)
      SELECT tenant_id, id, 'L-' || code, id FROM storage_locations`);
    const idsOf = async () =>
      (await device.db.getAll<{ id: string }>('SELECT id FROM labels ORDER BY id')).map((row) => row.id);
    await eventually(async () => (await idsOf()).length === 1, 'the label');
    const newId = '00000009-0000-7000-8000-000000000009';
    await db.query('ALTER TABLE labels DISABLE TRIGGER USER');
    await db.query('UPDATE labels SET id = $1 WHERE tenant_id = $2', [newId, tenant.id]);
    await eventually(async () => (await idsOf())[0] === newId && (await idsOf()).length === 1, 'the new key');
    await db.query('TRUNCATE labels');
    await eventually(async () => (await idsOf()).length === 0, 'the truncation');
    await restart();
    expect(await idsOf()).toEqual([]);
  });

  test('[SY26] large values that an update leaves alone stay', async () => {
    await start();
    const device = await connectDevice();
    const large = Array.from({ length: 4000 }, (_, at) => String.fromCharCode(97 + ((at * 7919) % 26))).join(
      '',
    );
    await db.query('ALTER TABLE products ALTER COLUMN manufacturer SET STORAGE EXTERNAL');
    await db.query('UPDATE products SET manufacturer = $1 WHERE tenant_id = $2', [large, tenant.id]);
    const held = () =>
      device.db.getOptional<{ manufacturer: string }>('SELECT manufacturer, category FROM products');
    await eventually(async () => (await held())?.manufacturer === large, 'the large value');
    await db.query(`UPDATE products SET category = 'sound' WHERE tenant_id = $1`, [tenant.id]);
    await eventually(
      () => device.db.getOptional(`SELECT 1 FROM products WHERE category = 'sound'`),
      'the category',
    );
    expect((await held())?.manufacturer).toBe(large);
    await db.query('UPDATE products SET deleted_at = now() WHERE tenant_id = $1', [tenant.id]);
    await eventually(async () => (await held()) === null, 'the removal');
    await db.query(`UPDATE products SET deleted_at = NULL WHERE tenant_id = $1`, [tenant.id]);
    await eventually(async () => (await held())?.manufacturer === large, 'the product again');
  });

  test('[SY26] a transaction too large for memory arrives as a whole', async () => {
    await start();
    const reader = await openStream({ url: running.url, token: testToken({ tenantId: tenant.id }) });
    await eventually(() => isComplete(reader.lines), 'the first checkpoint');
    const from = reader.lines.length;
    await insertAssets(db, tenant, 51, 30_000);
    await eventually(() => dataOf(reader.lines.slice(from)).length === 29_950, 'all rows');
    await eventually(() => isComplete(reader.lines), 'their checkpoint');
    reader.close();
    expect(checkpointsOf(reader.lines.slice(from))).toHaveLength(1);
  });
});

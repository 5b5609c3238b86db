import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId, insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

test('[SY23] a lost slot costs the clients only the differences', async () => {
  await stage.start();
  const reader = await stage.drained();
  const from = reader.lines.length;
  await stage.dropSlot();
  await stage.mark(1, 'unseen');
  await stage.db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [
    stage.tenant.id,
    assetId(stage.tenant, 2),
  ]);
  await insertAssets(stage.db, stage.tenant, 51, 51);
  await stage.converge(reader);
  expect(newsOf(reader, from)).toEqual(
    [
      `PUT assets/${assetId(stage.tenant, 1)}`,
      `PUT assets/${assetId(stage.tenant, 51)}`,
      `REMOVE assets/${assetId(stage.tenant, 2)}`,
    ].toSorted(),
  );
  const slots = await stage.db.query(
    'SELECT slot_name FROM pg_replication_slots WHERE database = current_database()',
  );
  expect(slots.rows).toEqual([
    { slot_name: (await stage.db.query('SELECT slot FROM sync.state')).rows[0].slot },
  ]);
});

test('[SY23] a column whose type changes is copied again', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  await stage.db.query('ALTER TABLE products ALTER COLUMN weight_grams TYPE integer');
  await stage.db.query(`UPDATE products SET weight_grams = 7 WHERE tenant_id = $1`, [stage.tenant.id]);
  await eventually(
    () => device.db.getOptional('SELECT 1 FROM products WHERE weight_grams = 7'),
    'the new weight',
  );
  expect(stage.running.server.health().problems).toEqual([]);
});

test('[SY24] without its publication it serves what it has, says so, and recovers', async () => {
  await stage.start();
  const device = await stage.syncedDevice();
  await stage.db.query('ALTER PUBLICATION powersync DROP TABLE assets');
  await stage.untilProblem('lacks table assets');
  expect(stage.running.server.health().status).toBe('degraded');
  await stage.mark(1, 'unpublished');
  await stage.db.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [
    stage.tenant.id,
    assetId(stage.tenant, 2),
  ]);
  await stage.db.query('ALTER PUBLICATION powersync ADD TABLE assets');
  await stage.deviceToConverge(device);
  await stage.untilWell();
});

test('[SY25] rows written during the copy arrive once and in their last state', async () => {
  await insertAssets(stage.db, stage.tenant, 51, 20_000);
  const writer = new Client({ connectionString: stage.ownerUrl });
  await writer.connect();
  let isCopying = true;
  const writing = (async () => {
    for (let round = 0; isCopying; round += 1) {
      await writer.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND id = ANY ($3)', [
        `round ${round}`,
        stage.tenant.id,
        [1, 9999, 10_001, 20_000].map((number) => assetId(stage.tenant, number)),
      ]);
      await insertAssets(writer, stage.tenant, 30_000 + round, 30_000 + round);
      await writer.query('DELETE FROM assets WHERE tenant_id = $1 AND id = $2', [
        stage.tenant.id,
        assetId(stage.tenant, 100 + round),
      ]);
    }
  })();
  await stage.start();
  isCopying = false;
  await writing;
  await writer.end();
  await stage.deviceToConverge(await stage.syncedDevice());
  const { rows } = await stage.db.query<{ twice: string }>(
    `SELECT count(*) AS twice FROM (SELECT FROM sync.ops WHERE superseded_by IS NULL
       GROUP BY bucket_id, source_table, source_key HAVING count(*) > 1) AS x`,
  );
  expect(Number(rows[0]?.twice)).toBe(0);
});

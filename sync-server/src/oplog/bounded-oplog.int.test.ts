import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, isComplete } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
  await insertAssets(stage.db, stage.tenant, 51, 3000);
});

afterEach(() => stage.close());

async function countRows(): Promise<{ all: number; live: number }> {
  const { rows } = await stage.db.query<{ all: string; live: string }>(
    'SELECT count(*) AS all, count(*) FILTER (WHERE superseded_by IS NULL) AS live FROM sync.ops',
  );
  return { all: Number(rows[0]?.all), live: Number(rows[0]?.live) };
}

/** Every asset changes, ten times over. */
async function churn(): Promise<void> {
  for (let round = 0; round < 10; round += 1)
    await stage.db.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2', [`${round}`, stage.tenant.id]);
}

test('[SY32] rows of the log stay about as many as live rows, and whoever comes back is owed the differences only', async () => {
  await stage.start();
  const before = await stage.drained();
  const first = checkpointsOf(before.lines)[0];
  before.close();
  await churn();
  await stage.settle();
  await eventually(async () => {
    const { all, live } = await countRows();
    return all <= live * 1.06 + 1000;
  }, 'superseded rows to be merged');
  const merged = await stage.running.registry.getSingleMetric('eventkit_sync_merged_rows_total')?.get();
  expect(merged?.values[0]?.value).toBeGreaterThan(8000);
  const { rows } = await stage.db.query<{ kept: string }>('SELECT count(*) AS kept FROM sync.checksums');
  expect(Number(rows[0]?.kept)).toBeLessThan(60);

  const after = await stage.drained({
    body: { buckets: first?.buckets.map(({ bucket }) => ({ name: bucket, after: first.last_op_id })) },
  });
  await stage.converge(before, after);
  // Each changed row once, and of the rest their sums, line by line.
  const news = newsOf(after, 0);
  expect(news.filter((op) => op.startsWith('PUT'))).toHaveLength(3000);
  expect(news.length).toBeLessThan(3100);

  await stage.running.stop();
  await stage.start();
  const fresh = await stage.drained();
  await stage.converge(fresh);
  expect(isComplete(fresh.lines)).toBe(true);
});

test('[SY32] a real device that was connected all the time converges', async () => {
  await stage.start();
  const device = await stage.device();
  await device.connect();
  await device.db.waitForFirstSync();
  await churn();
  await eventually(async () => {
    const row = await device.db.get<{ n: number }>(`SELECT count(*) AS n FROM assets WHERE serial = '9'`);
    return row.n === 3000;
  }, 'the device to have the last of it');
  const { all, live } = await countRows();
  expect(all).toBeLessThan(live * 3);
});

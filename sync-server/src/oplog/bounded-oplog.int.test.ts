import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, checksumsOf, dataOf, isComplete } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId, insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
  await insertAssets(stage.db, stage.tenant, 51, 3000);
});

afterEach(() => stage.close());

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
  await stage.untilMerged();
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
  await stage.untilMerged();
});

test('[SY58] of old operations without a row only sums are kept; who comes back from among them begins that bucket anew, and no other', async () => {
  await stage.start();
  const device = await stage.device();
  await device.connect();
  await device.db.waitForFirstSync();
  await device.db.disconnect();
  const before = await stage.drained();
  const [first] = checkpointsOf(before.lines);
  before.close();
  await churn();
  await stage.db.query('DELETE FROM assets WHERE id = $1', [assetId(stage.tenant, 2)]);
  await stage.settle();
  await stage.untilMerged();
  await stage.running.stop();
  const summed = async () =>
    Number(
      (await stage.db.query<{ n: string }>('SELECT sum(cardinality(op_ids)) AS n FROM sync.checksums'))
        .rows[0]?.n,
    );
  // What is written twice before it is logged is logged once: on a busy machine there are fewer than 30,000.
  expect(await summed()).toBeGreaterThan(10_000);
  await stage.db.query(`UPDATE sync.checksums SET kept_at = now() - interval '31 days'`);
  await stage.start();
  await eventually(async () => (await summed()) < 2 * 3000 + 1000, 'old sums to be few');

  const buckets = first?.buckets.map(({ bucket }) => ({ name: bucket, after: first.last_op_id }));
  const back = await stage.drained({ body: { buckets } });
  const cleared = back.lines.filter((line) => dataOf([line]).some(({ op }) => op === 'CLEAR'));
  expect(cleared).toHaveLength(1);
  // From there on it is a first download of this bucket: its rows, and the sum of everything.
  const afterwards = back.lines.slice(back.lines.indexOf(cleared[0] ?? {}));
  const [again] = checkpointsOf(afterwards);
  expect(again?.buckets).toEqual([expect.objectContaining({ bucket: expect.stringContaining('stock') })]);
  expect(checksumsOf(afterwards)).toEqual(
    new Map(again?.buckets.map(({ bucket, checksum }) => [bucket, checksum])),
  );
  expect(again?.buckets[0]?.count).toBe(dataOf(afterwards).length - 1);
  await stage.converge(back);

  await device.connect();
  const held = () => device.db.getAll('SELECT id, serial FROM assets ORDER BY id');
  const { rows } = await stage.db.query('SELECT id::text, serial FROM assets ORDER BY id');
  await eventually(
    async () => JSON.stringify(await held()) === JSON.stringify(rows),
    'the device to hold the rows',
  );
  // Whoever was not away for so long is owed the differences, as ever.
  const [last] = checkpointsOf(back.lines.slice(-3));
  await stage.mark(1, 'news');
  await stage.settle();
  const recent = await stage.drained({
    body: { buckets: first?.buckets.map(({ bucket }) => ({ name: bucket, after: last?.last_op_id })) },
  });
  expect(newsOf(recent, 0).filter((op) => !op.startsWith('MOVE'))).toEqual([
    `PUT assets/${assetId(stage.tenant, 1)}`,
  ]);
});

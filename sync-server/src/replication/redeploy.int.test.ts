import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RawReader } from '#testing/raw-reader.ts';
import { checkpointsOf, dataOf, isComplete } from '#testing/read-lines.ts';
import { eventually, repositoryConfig } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

const withoutSerials = repositoryConfig.replace(
  'product_id, code, serial, is_case',
  'product_id, code, is_case',
);
const withoutStock = repositoryConfig.replace('product_id, code, serial, is_case', 'product_id, is_case');
const copying = 'the sync configuration was changed';

let stage: SyncStage;
let holder: Client;

beforeEach(async () => {
  stage = await SyncStage.create();
  holder = new Client({ connectionString: stage.ownerUrl });
  await holder.connect();
});

afterEach(async () => {
  await holder.end();
  await stage.close();
});

/** No table can be copied until `holder` lets go. */
async function holdCopying(): Promise<void> {
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE assets IN ACCESS EXCLUSIVE MODE');
}

function deploymentOf(reader: RawReader): string {
  return checkpointsOf(reader.lines)[0]?.buckets[0]?.bucket.split('#')[0] ?? '';
}

const assetsIn = (reader: RawReader) =>
  dataOf(reader.lines).filter((op) => op.op === 'PUT' && op.object_type === 'assets');

async function rowsOf<Row extends object>(sql: string): Promise<Row[]> {
  return (await stage.db.query<Row>(sql)).rows;
}

test('[SY33] a changed configuration: devices get what was there until the new one is copied, then come again', async () => {
  await stage.start();
  const before = deploymentOf(await stage.drained());
  await stage.running.stop();
  await holdCopying();
  await stage.launch({ configText: withoutSerials });
  await stage.untilProblem(copying);
  expect(stage.running.server.health()).toEqual({
    status: 'copying',
    problems: [expect.stringContaining(copying)],
  });
  const old = await stage.drained();
  expect(deploymentOf(old)).toBe(before);
  expect(assetsIn(old)).toHaveLength(50);
  expect(assetsIn(old)[0]?.data).toContain('serial');

  await holder.query('COMMIT');
  await old.ended;
  await stage.untilWell();
  const fresh = await stage.drained();
  expect(deploymentOf(fresh)).not.toBe(before);
  expect(assetsIn(fresh)).toHaveLength(50);
  expect(assetsIn(fresh)[0]?.data).not.toContain('serial');
  expect(stage.running.server.health().problems).toEqual([]);
  // Nothing is left of the one before.
  expect(await rowsOf(`SELECT tablename FROM pg_tables WHERE schemaname = 'sync_served'`)).toEqual([]);
  expect(
    await rowsOf('SELECT slot_name FROM pg_replication_slots WHERE database = current_database()'),
  ).toHaveLength(1);
  await stage.mark(1, 'after');
  await stage.settle();
});

test('[SY33] tables begin anew with their keys and indexes by the same names', async () => {
  await stage.start();
  const describe = () =>
    rowsOf(`SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'sync' ORDER BY 1, 2`);
  const options = () =>
    rowsOf(`SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'sync'::regnamespace ORDER BY 1`);
  const columns = () =>
    rowsOf(`SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
      WHERE table_schema = 'sync' ORDER BY 1, 2`);
  const before = [await describe(), await options(), await columns()];
  await stage.running.stop();
  await stage.start({ configText: withoutSerials });
  expect([await describe(), await options(), await columns()]).toEqual(before);
});

test('[SY33] other words for the same copy nothing', async () => {
  await stage.start();
  const first = await stage.drained();
  const [seen] = checkpointsOf(first.lines);
  await stage.running.stop();
  await stage.start({ configText: `# a comment\n${repositoryConfig}` });
  const again = await stage.drained({
    body: { buckets: seen?.buckets.map(({ bucket }) => ({ name: bucket, after: seen.last_op_id })) },
  });
  expect(deploymentOf(again)).toBe(deploymentOf(first));
  expect(dataOf(again.lines)).toEqual([]);
  const copied = await stage.running.registry.getSingleMetric('eventkit_sync_copied_rows_total')?.get();
  expect(copied?.values[0]?.value ?? 0).toBe(0);
});

test('[SY33] taken back before it was copied, the change costs the differences only', async () => {
  await stage.start();
  const first = await stage.drained();
  const [seen] = checkpointsOf(first.lines);
  await stage.running.stop();
  await holdCopying();
  await stage.launch({ configText: withoutSerials });
  await stage.untilProblem(copying);
  await stage.running.stop();
  await holder.query('COMMIT');
  await stage.mark(1, 'meanwhile');
  await stage.start();
  const again = await stage.drained({
    body: { buckets: seen?.buckets.map(({ bucket }) => ({ name: bucket, after: seen.last_op_id })) },
  });
  await eventually(() => dataOf(again.lines).length > 0 && isComplete(again.lines), 'the difference');
  expect(newsOf(again, 0)).toEqual([`PUT assets/${assetId(stage.tenant, 1)}`]);
  expect(deploymentOf(again)).toBe(deploymentOf(first));
});

test('[SY33] changed again before it was copied, devices still get what was whole, and no third one is kept', async () => {
  await stage.start();
  const before = deploymentOf(await stage.drained());
  await stage.running.stop();
  await holdCopying();
  for (const configText of [withoutSerials, withoutStock]) {
    await stage.launch({ configText });
    await stage.untilProblem(copying);
    const old = await stage.drained();
    expect(deploymentOf(old)).toBe(before);
    expect(assetsIn(old)).toHaveLength(50);
    await stage.running.stop();
  }
  await holder.query('COMMIT');
  await stage.start({ configText: withoutStock });
  const fresh = await stage.drained();
  expect(assetsIn(fresh)[0]?.data).not.toContain('code');
  expect(await rowsOf('SELECT * FROM sync.state')).toHaveLength(1);
});

test('[SY33] one that cannot be copied says why, and devices keep what they have', async () => {
  await stage.start();
  await stage.running.stop();
  await stage.launch({
    configText: repositoryConfig.replace('code, serial, is_case', 'code, colour, is_case'),
  });
  await stage.untilProblem('table assets has no column colour');
  const old = await stage.drained();
  expect(assetsIn(old)).toHaveLength(50);
  await stage.db.query(`ALTER TABLE assets ADD COLUMN colour text DEFAULT 'black'`);
  await old.ended;
  await stage.untilWell();
  expect(assetsIn(await stage.drained())[0]?.data).toContain('"colour":"black"');
});

test('[SY33] a table that the configuration names later arrives with its rows, and is followed', async () => {
  await stage.db.query(`INSERT INTO labels (tenant_id, id, value, location_id)
    SELECT tenant_id, id, 'L-' || code, id FROM storage_locations`);
  const withoutLabels = repositoryConfig.replace(/^ +- SELECT id, value, asset_id.* FROM labels .*\n/m, '');
  expect(withoutLabels).not.toBe(repositoryConfig);
  await stage.start({ configText: withoutLabels });
  const before = await stage.drained();
  expect(dataOf(before.lines).filter((op) => op.object_type === 'labels')).toEqual([]);
  await stage.running.stop();
  await stage.start();
  const after = await stage.drained();
  const labels = () => dataOf(after.lines).filter((op) => op.object_type === 'labels');
  expect(labels()).toHaveLength(1);
  await stage.db.query(`UPDATE labels SET value = 'followed'`);
  await eventually(() => labels().at(-1)?.data?.includes('followed'), 'the change');
});

import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsOf, dataOf, isComplete } from '#testing/read-lines.ts';
import { eventually, type RunningSyncServer, runSyncServer } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

let stage: SyncStage;
let standby: RunningSyncServer | null;
let standbyUrl: string;

beforeEach(async () => {
  stage = await SyncStage.create();
  standby = null;
});

afterEach(async () => {
  await standby?.stop();
  const name = new URL(standbyUrl).pathname.slice(1);
  await stage.db.query(
    `SELECT pg_terminate_backend(active_pid, 5000), pg_drop_replication_slot(slot_name)
     FROM pg_replication_slots WHERE database = $1`,
    [name],
  );
  await stage.db.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  await stage.close();
});

/** What a standby has when it takes over: everything up to now, what the sync server keeps too, and no slot. */
async function copyToStandby(): Promise<void> {
  const url = new URL(stage.ownerUrl);
  const name = `${url.pathname.slice(1)}_standby`;
  url.pathname = `/${name}`;
  standbyUrl = url.href;
  const maintenance = new URL(stage.ownerUrl);
  maintenance.pathname = '/postgres';
  const client = new Client({ connectionString: maintenance.href });
  await client.connect();
  await stage.db.end();
  await client.query(`CREATE DATABASE "${name}" TEMPLATE "${new URL(stage.ownerUrl).pathname.slice(1)}"`);
  await client.end();
  await stage.reconnect();
}

async function takeOver(): Promise<RunningSyncServer> {
  const port = Number(new URL(stage.running.url).port);
  await stage.running.stop();
  // Slots are of the whole cluster, and both databases are of one here.
  await stage.dropSlot();
  const running = await runSyncServer({ ownerUrl: standbyUrl, watchEveryMs: 100, port });
  standby = running;
  await eventually(() => running.server.health().status === 'ok', 'the standby to be followed');
  return running;
}

async function onStandby(sql: string, values: readonly unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: standbyUrl });
  await client.connect();
  await client.query(sql, [...values]);
  await client.end();
}

test('[SY34] a standby that has everything takes over: devices get the differences only', async () => {
  await stage.start();
  const before = await stage.drained();
  const [seen] = checkpointsOf(before.lines);
  await stage.running.stop();
  await copyToStandby();
  await onStandby('UPDATE assets SET serial = $1 WHERE id = $2', ['there', assetId(stage.tenant, 1)]);
  await onStandby('DELETE FROM assets WHERE id = $1', [assetId(stage.tenant, 2)]);
  await stage.start();
  const { url } = await takeOver();
  const after = await stage.drained({
    url,
    body: { buckets: seen?.buckets.map(({ bucket }) => ({ name: bucket, after: seen.last_op_id })) },
  });
  await eventually(() => dataOf(after.lines).length === 2 && isComplete(after.lines), 'the differences');
  const name = (number: number) => `assets/${assetId(stage.tenant, number)}`;
  expect(newsOf(after, 0)).toEqual([`PUT ${name(1)}`, `REMOVE ${name(2)}`]);
});

test('[SY34] what devices were told and the standby never had, they load anew', async () => {
  await stage.start();
  const { url } = stage.running;
  const device = await stage.device({ url: () => url });
  await device.connect();
  await device.db.waitForFirstSync();
  await stage.running.stop();
  await copyToStandby();
  await stage.start({ port: Number(new URL(url).port) });
  const serials = async () =>
    (await device.db.getAll<{ serial: string }>('SELECT serial FROM assets ORDER BY id')).map(
      (row) => row.serial,
    );
  for (const number of [1, 2, 3]) await stage.mark(number, 'lost');
  await eventually(
    async () => (await serials()).slice(0, 3).join() === 'lost,lost,lost',
    'what will be lost',
  );
  // As many operations as were lost, with the numbers that they had.
  for (const number of [1, 2, 3])
    await onStandby('UPDATE assets SET code = code || $1 WHERE id = $2', [
      '!',
      assetId(stage.tenant, number + 3),
    ]);
  await takeOver();
  const rows = () =>
    device.db.getAll<{ serial: string; code: string }>('SELECT serial, code FROM assets ORDER BY id LIMIT 7');
  await eventually(
    async () => {
      const held = (await rows()).map(({ serial, code }) => `${serial} ${code}`);
      return held.join() === 'SN 1 A-1,SN 2 A-2,SN 3 A-3,SN 4 A-4!,SN 5 A-5!,SN 6 A-6!,SN 7 A-7';
    },
    'the device to hold what the standby holds',
    30_000,
  );
}, 60_000);

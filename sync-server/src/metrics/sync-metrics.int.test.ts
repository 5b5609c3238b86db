import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

/** The value of one line of /metrics; null where there is none. */
async function read(name: string): Promise<number | null> {
  const text = await stage.running.registry.metrics();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? null : Number(line.slice(name.length + 1));
}

test('[SY35] metrics say what is kept, who is connected and what went out', async () => {
  await stage.start();
  expect(await read('eventkit_sync_devices')).toBe(0);
  const plain = await stage.drained();
  await stage.drained({ encoding: 'zstd' });
  await stage.mark(1, 'changed');
  await stage.settle();
  const { rows } = await stage.db.query<{ n: string; live: string }>(
    'SELECT count(*) AS n, count(*) FILTER (WHERE superseded_by IS NULL) AS live FROM sync.ops',
  );
  expect(await read('eventkit_sync_oplog_rows')).toBe(Number(rows[0]?.n));
  expect(await read('eventkit_sync_oplog_live_rows')).toBe(Number(rows[0]?.live));
  expect(await read('eventkit_sync_connections')).toBe(2);
  // Both streams are of one device.
  expect(await read('eventkit_sync_devices')).toBe(1);
  const sent = (coding: string) => read(`eventkit_sync_sent_bytes_total{coding="${coding}"}`);
  expect(await sent('identity')).toBeGreaterThan(10_000);
  expect(await sent('zstd')).toBeLessThan((await sent('identity')) ?? 0);
  expect(await read('eventkit_sync_slot_wal_status{status="reserved"}')).toBe(1);
  expect(await read('eventkit_sync_wal_lag_bytes')).toBeGreaterThanOrEqual(0);
  await eventually(async () => (await read('eventkit_sync_replication_lag_seconds')) === 0, 'no lag');
  expect(await read('eventkit_sync_checkpoint_age_seconds')).toBeLessThan(60);
  expect(await read('eventkit_sync_slow_readers')).toBe(0);
  const [open] = stage.running.server.openStreams();
  expect(open).toMatchObject({ tenantId: stage.tenant.id, deviceId: stage.tenant.deviceId, isSlow: false });
  expect(open?.sentBytes).toBeGreaterThan(1000);
  plain.close();
  await eventually(async () => (await read('eventkit_sync_connections')) === 1, 'the stream to be gone');
});

test('[SY35] a database that is away makes readings unknown, and none of them fails', async () => {
  await stage.start();
  await stage.db.query('ALTER TABLE sync.state RENAME TO hidden');
  expect(await read('eventkit_sync_wal_lag_bytes')).toBe(-1);
  expect(await read('eventkit_sync_slot_wal_status{status="reserved"}')).toBe(0);
  await stage.db.query('ALTER TABLE sync.hidden RENAME TO state');
});

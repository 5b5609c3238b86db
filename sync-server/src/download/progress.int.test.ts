import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestDevice } from '#testing/device.ts';
import { checkpointsOf, dataOf } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertAssets } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
  await insertAssets(stage.db, stage.tenant, 51, 6000);
});

afterEach(() => stage.close());

/** What the SDK said of its downloads until now: operations of how many. */
function watchProgress(device: TestDevice): { readonly seen: [number, number][]; clear(): void } {
  const seen: [number, number][] = [];
  device.db.registerListener({
    statusChanged({ downloadProgress }) {
      if (downloadProgress !== null && downloadProgress !== undefined)
        seen.push([downloadProgress.downloadedOperations, downloadProgress.totalOperations]);
    },
  });
  return { seen, clear: () => seen.splice(0) };
}

async function churn(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    await stage.db.query(
      `UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND ('x' || right(id::text, 4))::bit(16)::int % 3 = $3`,
      [`${round}`, stage.tenant.id, round % 3],
    );
  await stage.settle();
}

function expectExact(seen: readonly [number, number][]): void {
  const over = seen.filter(([downloaded, total]) => downloaded > total);
  expect(over).toEqual([]);
  const [downloaded, total] = seen.at(-1) ?? [0, -1];
  expect(downloaded).toBe(total);
}

test('[SY57] the progress of a first download reaches its end exactly and never goes over, also on a log that was compacted', async () => {
  await stage.start();
  await churn(12);
  await stage.untilMerged();
  const fresh = await stage.device();
  const progress = watchProgress(fresh);
  await fresh.connect();
  await fresh.db.waitForFirstSync();
  expect(progress.seen.at(-1)?.[1]).toBeGreaterThan(6000);
  expectExact(progress.seen);
  // The next changes count on from there.
  progress.clear();
  await stage.mark(1, 'news');
  await stage.mark(2, 'news');
  await eventually(
    () => fresh.db.getOptional(`SELECT 1 FROM assets WHERE serial = 'news' LIMIT 1 OFFSET 1`),
    'news',
  );
  expect(progress.seen.length).toBeGreaterThan(0);
  expectExact(progress.seen);

  await fresh.db.disconnect();
  await stage.running.stop();
  await stage.start();
  const afterRestart = await stage.device();
  const later = watchProgress(afterRestart);
  await afterRestart.connect();
  await afterRestart.db.waitForFirstSync();
  expectExact(later.seen);
});

test('[SY57] a device that comes back sees the progress of what it gets', async () => {
  await stage.start();
  const device = await stage.device();
  const progress = watchProgress(device);
  await device.connect();
  await device.db.waitForFirstSync();
  expectExact(progress.seen);
  await device.db.disconnect();
  progress.clear();
  await churn(12);
  await stage.untilMerged();
  await device.connect();
  await eventually(
    () => device.db.currentStatus.dataFlowStatus.downloading !== true && progress.seen.length > 0,
    'what it missed',
  );
  const { rows } = await stage.db.query<{ serial: string }>('SELECT max(serial) AS serial FROM assets');
  await eventually(
    () => device.db.getOptional('SELECT 1 FROM assets WHERE serial = ?', [rows[0]?.serial]),
    'rows',
  );
  expectExact(progress.seen);
});

test('[SY57] counts of a first checkpoint are what is sent, bucket by bucket', async () => {
  await stage.start();
  await churn(7);
  await stage.untilMerged();
  const reader = await stage.drained();
  const sent = new Map<string, number>();
  for (const line of reader.lines) {
    if (!('data' in line)) continue;
    const { bucket } = line['data'] as { bucket: string };
    sent.set(bucket, (sent.get(bucket) ?? 0) + dataOf([line]).length);
  }
  const [first] = checkpointsOf(reader.lines);
  expect(first?.buckets.map(({ bucket, count }) => [bucket, count])).toEqual(
    first?.buckets.map(({ bucket }) => [bucket, sent.get(bucket) ?? 0]),
  );
});

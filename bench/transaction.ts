import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, percentile } from './bench.ts';
import { startItemsCluster, withClient } from './sync/items-cluster.ts';
import { startItemsServer } from './sync/items-server.ts';
import { readStream } from './sync/stream-reader.ts';

const CHANGES = 1_000_000;
const PROBE_EVERY_MS = 100;
/** More often than devices are told, to see how late the latest is. */
const KEEPALIVE_MS = 1000;

/**
 * One transaction that changes a million rows while devices are connected: memory that the server takes for it, how long
 * until a device has the whole of it, how long anybody else waits for an answer meanwhile, and for how long a device hears
 * nothing.
 */
export const benchTransaction: Bench = async ({ assetCount }) => {
  await using cluster = await startItemsCluster(assetCount);
  const ownerUrl = await cluster.newDatabase();
  await using server = await startItemsServer(ownerUrl, { keepaliveMs: KEEPALIVE_MS });
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  let completions = 0;
  const heardAt: number[] = [];
  const reader = readStream(server, (bytes) => {
    heardAt.push(performance.now());
    if (!bytes.includes('checkpoint_complete')) return;
    completions += 1;
    arrive();
  });
  await reader.whole;
  const before = await server.usage();
  const waits: number[] = [];
  let isOver = false;
  const probing = (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      await (await fetch(`${server.url}/probes/liveness`)).arrayBuffer();
      waits.push(performance.now() - askedAt);
      await pause(PROBE_EVERY_MS);
    }
  })();
  const begunAt = performance.now();
  await withClient(ownerUrl, async (client) => {
    await client.query('BEGIN');
    for (let round = 1; round * assetCount <= CHANGES; round += 1)
      await client.query('UPDATE bench_items SET note = note || $1', [`${round} `]);
    await client.query('COMMIT');
  });
  const committedAt = performance.now();
  await arrived;
  const arrivedMs = performance.now() - committedAt;
  isOver = true;
  await probing;
  const during = heardAt.filter((at) => at >= begunAt);
  const silences = during.map((at, index) => at - (during[index - 1] ?? begunAt));
  const after = await server.usage();
  reader.close();
  return {
    figures: {
      rows_in_transaction: CHANGES,
      rss_before_mb: Math.round(before.peakMegabytes),
      rss_peak_mb: Math.round(after.peakMegabytes),
      arrived_after_commit_s: Math.round(arrivedMs / 100) / 10,
      server_cpu_s: Math.round((after.cpuSeconds - before.cpuSeconds) * 10) / 10,
      others_wait_p95_ms: percentile(waits, 0.95),
      others_wait_max_ms: percentile(waits, 1),
      keepalives_heard: during.length,
      longest_silence_ms: Math.round(Math.max(...silences)),
      checkpoints: completions,
    },
    // A device gives its stream up after 30 s of silence at the earliest, and is told every 20 s that it lives.
    budgets: { longest_silence_ms: 2 * KEEPALIVE_MS },
    notes: [`${assetCount} rows, changed ${Math.floor(CHANGES / assetCount)} times within the transaction`],
  };
};

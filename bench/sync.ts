import { loadavg } from 'node:os';
import { type Bench, median, percentile, repeat } from './bench.ts';
import { type ItemsCluster, startItemsCluster, withClient } from './sync/items-cluster.ts';
import { type ItemsServer, startItemsServer } from './sync/items-server.ts';
import { measureLineAges } from './sync/line-age.ts';
import { readStream, stallStream } from './sync/stream-reader.ts';

const RUNS = 5;
const CHANGES = 100;
const TOUCHES = 60_000;
const READING = 40;
const STALLED = 10;

/**
 * The sync server on its own: a table of `assetCount` rows of 15 columns, about 400 bytes each, in a process of its own on
 * a PostgreSQL of its own. Readers take nothing apart. All of it shares this machine.
 */
export const benchSync: Bench = async ({ assetCount }) => {
  await using cluster = await startItemsCluster(assetCount);
  const loadBefore = loadavg()[0] ?? 0;
  const copies = await repeat(RUNS, () => measureCopy(cluster, assetCount));
  const memory = await measureMemory(cluster);
  const ownerUrl = await cluster.newDatabase();
  await using server = await startItemsServer(ownerUrl);
  const cold = await measureReaders(server, 1);
  const one = await repeat(RUNS, () => measureReaders(server, 1));
  const ten = await repeat(RUNS, () => measureReaders(server, 10));
  const fifty = await repeat(RUNS, () => measureReaders(server, 50));
  const measureAges = (clients: number) =>
    repeat(RUNS, () => measureLineAges(server, ownerUrl, { clients, changes: CHANGES, items: assetCount }));
  const ages1 = await measureAges(1);
  const ages50 = await measureAges(50);
  const ages1000 = await measureAges(1000);
  const sustained = await repeat(RUNS, (run) => measureSustained(server, ownerUrl, run, assetCount));
  return {
    figures: {
      snapshot_rows_per_s: Math.round(median(copies)),
      first_sync_raw_1_s: median(one.map(({ seconds }) => seconds)),
      first_sync_raw_10_s: median(ten.map(({ seconds }) => seconds)),
      first_sync_raw_50_s: median(fifty.map(({ seconds }) => seconds)),
      sync_cpu_warm_s: median(one.map(({ cpuSeconds }) => cpuSeconds)),
      sync_cpu_cold_s: cold.cpuSeconds,
      line_p95_ms_1: medianOfPercentile(ages1, 0.95),
      line_p95_ms_50: medianOfPercentile(ages50, 0.95),
      line_p95_ms_1000: medianOfPercentile(ages1000, 0.95),
      line_p50_ms_1: medianOfPercentile(ages1, 0.5),
      sustained_rows_per_s: Math.round(median(sustained)),
      server_rss_50_mb: Math.round(memory),
    },
    budgets: {
      snapshot_rows_per_s: 30_000,
      first_sync_raw_1_s: 0.7,
      first_sync_raw_10_s: 3,
      first_sync_raw_50_s: 10,
      sync_cpu_warm_s: 0.1,
      sync_cpu_cold_s: 1,
      line_p95_ms_1: 5,
      line_p95_ms_50: 20,
      line_p95_ms_1000: 100,
      sustained_rows_per_s: 10_000,
      server_rss_50_mb: 300,
    },
    notes: [
      `${assetCount} rows; copies: ${copies.map(Math.round).join(', ')} rows/s; sustained: ${sustained.map(Math.round).join(', ')} rows/s`,
      'ages of lines count from the sending of COMMIT, which waits for the disk',
      `readers, server and PostgreSQL share this machine; load before: ${loadBefore.toFixed(1)}`,
    ],
  };
};

function medianOfPercentile(runs: readonly (readonly number[])[], share: number): number {
  return median(runs.map((values) => percentile(values, share)));
}

async function measureCopy(cluster: ItemsCluster, itemCount: number): Promise<number> {
  await using server = await startItemsServer(await cluster.newDatabase());
  return (itemCount / server.copiedMs) * 1000;
}

async function measureMemory(cluster: ItemsCluster): Promise<number> {
  await using server = await startItemsServer(await cluster.newDatabase());
  const letGo = await Promise.all(Array.from({ length: STALLED }, () => stallStream(server)));
  const readers = Array.from({ length: READING }, () => readStream(server));
  await Promise.all(readers.map(({ whole }) => whole));
  const { peakMegabytes } = await server.usage();
  for (const close of [...letGo, ...readers.map((reader) => reader.close)]) close();
  return peakMegabytes;
}

async function measureReaders(server: ItemsServer, count: number) {
  const before = await server.usage();
  const startedAt = performance.now();
  const readers = Array.from({ length: count }, () => readStream(server));
  await Promise.all(readers.map(({ whole }) => whole));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { close } of readers) close();
  const { cpuSeconds } = await server.usage();
  return { seconds, cpuSeconds: cpuSeconds - before.cpuSeconds };
}

/** Single-row transactions as fast as PostgreSQL makes them, until a client has the last of them. */
async function measureSustained(
  server: ItemsServer,
  ownerUrl: string,
  run: number,
  itemCount: number,
): Promise<number> {
  const last = Buffer.from(`touched ${(run + 1) * TOUCHES - 1}\\"`);
  let tail: Buffer = Buffer.alloc(0);
  const arrived = Promise.withResolvers<void>();
  const reader = readStream(server, (bytes) => {
    if (Buffer.concat([tail, bytes]).includes(last)) arrived.resolve();
    tail = bytes.subarray(-last.length);
  });
  await reader.whole;
  const startedAt = performance.now();
  await withClient(ownerUrl, async (client) => {
    await client.query('SET synchronous_commit = off');
    await client.query('CALL bench_touch($1, $2, $3)', [run * TOUCHES, TOUCHES, itemCount]);
  });
  await arrived.promise;
  const rate = (TOUCHES / (performance.now() - startedAt)) * 1000;
  reader.close();
  return rate;
}

import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { type Bench, median, repeat } from './bench.ts';
import { openBenchBrowser, signIn } from './bench-browser.ts';
import { openBenchDevice, prepareDevice } from './bench-device.ts';
import { type BenchStack, openBenchStack, untilReplicated } from './bench-stack.ts';
import { eventsToLoad, SCANNER } from './demo-company.ts';
import { type RawSync, readWholeSync } from './raw-sync.ts';

const RUNS = 5;
const FIRST_SYNC_WITHIN_MS = 120_000;

type FirstSync = { readonly syncedMs: number; readonly usableMs: number; readonly urgentMs: number };

/**
 * A device that has nothing, until it has everything, and until the first pull list can be worked on: what the
 * stream alone costs, the same into the Node SDK, and into the app in Chromium from its navigation on.
 */
export const benchFirstSync: Bench = async ({ assetCount }) => {
  await using stack = await openBenchStack(assetCount);
  await untilReplicated(stack);
  const [eventId] = await eventsToLoad(stack);
  if (eventId === undefined) throw new Error('the demo company has nothing to load');

  const raw = await readRaw(stack, 'identity');
  const gzip = await readRaw(stack, 'gzip');
  const zstd = await readRaw(stack, 'zstd');
  const node = await repeat(RUNS, () => syncNode(stack, eventId));
  const chromium = await repeat(RUNS, () => syncChromium(stack, eventId));
  const rowCount = raw.cold.opCount;
  const per100k = (ms: number) => seconds((ms / rowCount) * 100_000);
  const ms = { raw: warmMs(raw), node: medianOf(node, 'syncedMs') };
  return {
    figures: {
      first_sync_raw_1_s: seconds(ms.raw),
      first_sync_raw_cold_s: seconds(raw.cold.ms),
      first_sync_raw_gzip_1_s: seconds(warmMs(gzip)),
      first_sync_raw_zstd_1_s: seconds(warmMs(zstd)),
      first_sync_node_s: seconds(ms.node),
      first_sync_chromium_s: seconds(medianOf(chromium, 'syncedMs')),
      first_event_usable_s: seconds(medianOf(chromium, 'usableMs')),
      first_event_usable_node_s: seconds(medianOf(node, 'usableMs')),
      first_sync_urgent_node_s: seconds(medianOf(node, 'urgentMs')),
      first_sync_urgent_chromium_s: seconds(medianOf(chromium, 'urgentMs')),
      first_sync_raw_1_per_100k_rows_s: per100k(ms.raw),
      first_sync_node_per_100k_rows_s: per100k(ms.node),
      first_sync_chromium_per_100k_rows_s: per100k(medianOf(chromium, 'syncedMs')),
      rows: rowCount,
      wire_mb: megabytes(raw.cold.wireBytes),
      wire_gzip_mb: megabytes(gzip.cold.wireBytes),
      wire_zstd_mb: megabytes(zstd.cold.wireBytes),
    },
    budgets: {
      first_sync_raw_1_s: 0.7,
      first_sync_node_s: 2.3,
      first_sync_chromium_s: 3.5,
      first_event_usable_s: 2,
    },
    notes: [
      `the tenant has ${rowCount} rows; the budgets are meant for 100,000 rows`,
      'Chromium counts from the navigation: loading the app, opening the database and registering are in it',
      `node runs: ${node.map((run) => seconds(run.syncedMs)).join(', ')} s`,
      `chromium runs: ${chromium.map((run) => seconds(run.syncedMs)).join(', ')} s`,
    ],
  };
};

type RawReads = { readonly cold: RawSync; readonly warm: readonly RawSync[] };

/** The first read of a company fills the server's cache for all others, so it is told apart. */
async function readRaw(stack: BenchStack, coding: 'identity' | 'gzip' | 'zstd'): Promise<RawReads> {
  const token = await stack.token(SCANNER, 'sync');
  const read = () => readWholeSync({ url: stack.url, token }, coding);
  return { cold: await read(), warm: await repeat(RUNS, read) };
}

function warmMs({ warm }: RawReads): number {
  return median(warm.map(({ ms }) => ms));
}

async function syncNode(stack: BenchStack, eventId: EventId): Promise<FirstSync> {
  const prepared = await prepareDevice(stack, SCANNER);
  const startedAt = performance.now();
  await using device = await openBenchDevice(prepared);
  const since = () => performance.now() - startedAt;
  const { replica } = device;
  const usable = replica.waitForFirstSync({ priority: 1 }).then(async () => {
    const urgentMs = since();
    const lines = await replica.getAll(
      `SELECT product.name, line.quantity FROM pull_list_lines AS line
        JOIN products AS product ON product.id = line.product_id WHERE line.event_id = ?`,
      [eventId],
    );
    if (lines.length === 0) throw new Error('the pull list is empty');
    return { urgentMs, usableMs: since() };
  });
  await replica.waitForFirstSync();
  return { syncedMs: since(), ...(await usable) };
}

async function syncChromium(stack: BenchStack, eventId: EventId): Promise<FirstSync> {
  await using browser = await openBenchBrowser();
  const { page } = browser;
  await signIn(page, stack.url, SCANNER, `/events/${eventId}`);
  await page.waitForFunction(
    () => window.deviceMarks.syncedAt !== null && window.deviceMarks.pullListAt !== null,
    undefined,
    { timeout: FIRST_SYNC_WITHIN_MS, polling: 500 },
  );
  const { codesAt, syncedAt, pullListAt } = await page.evaluate(() => window.deviceMarks);
  if (codesAt === null || syncedAt === null || pullListAt === null)
    throw new Error('the device lost its marks');
  return { urgentMs: codesAt, syncedMs: syncedAt, usableMs: pullListAt };
}

function medianOf(runs: readonly FirstSync[], key: keyof FirstSync): number {
  return median(runs.map((run) => run[key]));
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

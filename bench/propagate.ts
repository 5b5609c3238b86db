import { setTimeout as pause } from 'node:timers/promises';
import type { AssetId, EventId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { typeCode } from '@eventkit/tests/stack/type-code.ts';
import { type Bench, percentile } from './bench.ts';
import { openBenchBrowser, signIn } from './bench-browser.ts';
import { type BenchDevice, openBenchDevice, prepareDevice } from './bench-device.ts';
import { type BenchStack, openBenchStack, untilReplicated } from './bench-stack.ts';
import { assetsFor, eventsToLoad, OBSERVER, SCANNER, type WantedAsset } from './demo-company.ts';
import { shownScans, watchScans } from './wedge.ts';

const NODE_SCANS = 200;
const CHROMIUM_SCANS = 50;
/** Not a divisor of any timer of the system, so that the samples fall anywhere in its beats. */
const EVERY_MS = 173;
const ARRIVES_WITHIN_MS = 10_000;
const FIRST_SYNC_WITHIN_MS = 120_000;
/** One frame, as the app's own live queries wait. */
const FRAME_MS = 16;

/**
 * From the scan on one device until it stands in another one's `assets_now`, both online: outbox, upload, decision,
 * replication, download, and the query that a screen would run. Between two devices in Node, then from the app in
 * Chromium (from the Enter of its wedge) to the same observer.
 */
export const benchPropagate: Bench = async ({ assetCount }) => {
  await using stack = await openBenchStack(assetCount);
  await untilReplicated(stack);
  const [nodeEvent, chromiumEvent] = await eventsToLoad(stack);
  if (nodeEvent === undefined || chromiumEvent === undefined) throw new Error('two events are needed');
  await using observer = await openBenchDevice(await prepareDevice(stack, OBSERVER));
  await observer.replica.waitForFirstSync();
  const watch = watchArrivals(observer);

  const fromNode = await scanInNode(stack, nodeEvent, watch);
  const fromChromium = await scanInChromium(stack, chromiumEvent, watch);
  return {
    figures: {
      propagate_p95_ms: percentile(fromNode, 0.95),
      propagate_p50_ms: percentile(fromNode, 0.5),
      propagate_p99_ms: percentile(fromNode, 0.99),
      propagate_chromium_p95_ms: percentile(fromChromium, 0.95),
      propagate_chromium_p50_ms: percentile(fromChromium, 0.5),
      scans: fromNode.length + fromChromium.length,
    },
    budgets: { propagate_p95_ms: 300 },
    notes: [`one scan every ${EVERY_MS} ms; both devices, the server and PostgreSQL share this machine`],
  };
};

type Watch = {
  /** Resolves when the asset is seen on the event, with the wall clock's milliseconds, fractions included. */
  arrival(assetId: AssetId, eventId: EventId): Promise<number>;
};

function watchArrivals({ replica }: BenchDevice): Watch {
  const waiting = new Map<AssetId, { readonly eventId: EventId; readonly resolve: (at: number) => void }>();
  const look = async () => {
    if (waiting.size === 0) return;
    const rows = await replica.getAll<{ id: AssetId; place_id: string }>(
      'SELECT id, place_id FROM assets_now WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify([...waiting.keys()])],
    );
    const at = performance.timeOrigin + performance.now();
    for (const { id, place_id } of rows) {
      const wanted = waiting.get(id);
      if (wanted === undefined || wanted.eventId !== place_id) continue;
      waiting.delete(id);
      wanted.resolve(at);
    }
  };
  replica.onChange({ onChange: look }, { tables: ['assets', 'assets_overlay'], throttleMs: FRAME_MS });
  return {
    arrival: (assetId, eventId) =>
      new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => reject(new Error(`${assetId} never arrived`)), ARRIVES_WITHIN_MS);
        const arrived = (at: number) => {
          clearTimeout(giveUp);
          resolve(at);
        };
        waiting.set(assetId, { eventId, resolve: arrived });
      }),
  };
}

async function scanInNode(stack: BenchStack, eventId: EventId, watch: Watch): Promise<number[]> {
  const assets = await assetsFor(stack, eventId, NODE_SCANS);
  await using device = await openBenchDevice(await prepareDevice(stack, SCANNER));
  await device.replica.waitForFirstSync();
  // Awaited here, or the device would be closed while it works.
  return await inTurn(assets, async ({ id, code, shelfId }) => {
    const arrival = watch.arrival(id, eventId);
    const startedAt = performance.timeOrigin + performance.now();
    const place = { kind: 'location', id: shelfId as StorageLocationId } as const;
    const asset = { code, assetId: id, observed: { place, status: 'in_service' } } as const;
    const [arrivedAt] = await Promise.all([
      arrival,
      recordOrThrow(device, { kind: 'check_out', asset, eventId, overrideReason: null }),
    ]);
    return arrivedAt - startedAt;
  });
}

async function recordOrThrow({ recordOperation }: BenchDevice, intent: Intent): Promise<void> {
  const recorded = await recordOperation(intent);
  if (!recorded.ok) throw new Error(`${recorded.error.tag}: ${recorded.error.problem}`);
}

async function scanInChromium(stack: BenchStack, eventId: EventId, watch: Watch): Promise<number[]> {
  const assets = await assetsFor(stack, eventId, CHROMIUM_SCANS);
  await using browser = await openBenchBrowser();
  const { context, page } = browser;
  await context.addInitScript(watchScans);
  await signIn(page, stack.url, SCANNER, `/events/${eventId}/scan`);
  await page.waitForFunction(() => window.deviceMarks.syncedAt !== null, undefined, {
    timeout: FIRST_SYNC_WITHIN_MS,
    polling: 500,
  });
  const session = await context.newCDPSession(page);
  const arrivals = await inTurn(assets, async ({ id, code }) => {
    const arrival = watch.arrival(id, eventId);
    await typeCode(session, code);
    return arrival;
  });
  const scans = await shownScans(page, assets.length);
  const origin = await page.evaluate(() => performance.timeOrigin);
  return arrivals.map((at, index) => at - origin - (scans[index]?.enteredAt ?? Number.NaN));
}

/** Steady work: the next thing is scanned at its time, whether or not the last one has arrived. */
async function inTurn<T>(
  assets: readonly WantedAsset[],
  scan: (asset: WantedAsset) => Promise<T>,
): Promise<T[]> {
  const running: Promise<T>[] = [];
  for (const asset of assets) {
    const next = pause(EVERY_MS);
    const scanned = scan(asset);
    scanned.catch(() => undefined);
    running.push(scanned);
    await next;
  }
  return Promise.all(running);
}

import { setTimeout as pause } from 'node:timers/promises';
import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { typeCode } from '@eventkit/tests/stack/type-code.ts';
import type { Page } from '@playwright/test';
import { type Bench, percentile } from './bench.ts';
import { openBenchBrowser, signIn } from './bench-browser.ts';
import { type BenchStack, openBenchStack, untilReplicated } from './bench-stack.ts';
import { assetsFor, eventsToLoad, SCANNER } from './demo-company.ts';
import { type SeenScan, shownScans, watchScans } from './wedge.ts';

const SCANS = 200;
/** A fast pair of hands: one thing after the other, for the whole run. */
const EVERY_MS = 300;
const FIRST_SYNC_WITHIN_MS = 120_000;

/**
 * A keyboard wedge on the scan screen of the built app in Chromium, all the company's assets on the device: from the
 * Enter that ends a code until its outcome stands in the document, which is after the commit. Offline, then online.
 */
export const benchScan: Bench = async ({ assetCount }) => {
  await using stack = await openBenchStack(assetCount);
  await untilReplicated(stack);
  const [offlineEvent, onlineEvent] = await eventsToLoad(stack);
  if (offlineEvent === undefined || onlineEvent === undefined) throw new Error('two events are needed');
  await using browser = await openBenchBrowser();
  const { context, page } = browser;
  await context.addInitScript(watchScans);
  await signIn(page, stack.url, SCANNER, '/');
  await page.waitForFunction(() => window.deviceMarks.syncedAt !== null, undefined, {
    timeout: FIRST_SYNC_WITHIN_MS,
    polling: 500,
  });
  // The service worker has to hold the app before the network goes.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null);

  await context.setOffline(true);
  const offline = await scanAll(page, stack, offlineEvent);
  await context.setOffline(false);
  const online = await scanAll(page, stack, onlineEvent);
  return {
    figures: {
      scan_p95_ms: delay(offline, 0.95),
      scan_p50_ms: delay(offline, 0.5),
      scan_p99_ms: delay(offline, 0.99),
      scan_painted_p95_ms: percentile(offline.map(painted), 0.95),
      scan_online_p95_ms: delay(online, 0.95),
      scan_online_p50_ms: delay(online, 0.5),
      scan_online_p99_ms: delay(online, 0.99),
      scan_online_painted_p95_ms: percentile(online.map(painted), 0.95),
      scans: offline.length + online.length,
    },
    budgets: { scan_p95_ms: 50 },
    notes: [
      `offline: ${outcomes(offline)}; online: ${outcomes(online)}; one scan every ${EVERY_MS} ms`,
      'online, what was scanned offline is still going up while the second event is scanned',
    ],
  };
};

async function scanAll(page: Page, stack: BenchStack, eventId: EventId): Promise<SeenScan[]> {
  const assets = await assetsFor(stack, eventId, SCANS);
  await page.goto(`${stack.url}/events/${eventId}/scan`);
  await page.waitForFunction(() => document.querySelector('main h1') !== null);
  const session = await page.context().newCDPSession(page);
  for (const { code } of assets) {
    const next = pause(EVERY_MS);
    await typeCode(session, code);
    await next;
  }
  const scans = await shownScans(page, assets.length);
  await session.detach();
  return scans;
}

function shown({ code, enteredAt, shownAt }: SeenScan): number {
  if (shownAt === null) throw new Error(`${code} was never shown`);
  return shownAt - enteredAt;
}

function painted({ code, enteredAt, paintedAt }: SeenScan): number {
  if (paintedAt === null) throw new Error(`${code} was never painted`);
  return paintedAt - enteredAt;
}

function delay(scans: readonly SeenScan[], share: number): number {
  return percentile(scans.map(shown), share);
}

function outcomes(scans: readonly SeenScan[]): string {
  const groups = Map.groupBy(scans, ({ outcome }) => outcome ?? 'none');
  return [...groups].map(([outcome, of]) => `${of.length} ${outcome}`).join(', ');
}

import type { Page } from '@playwright/test';
import { type BenchResult, median, repeat } from '#bench.ts';
import { openBenchBrowser } from '#bench-browser.ts';
import type { BenchStack } from '#bench-stack.ts';

const RUNS = 3;
/** A cheap phone on a line of 10 Mbit/s, as Lighthouse slows them. */
const SLOWED = 4;
const BYTES_PER_SECOND = 10_000_000 / 8;
const ROUND_TRIP_MS = 40;

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Window {
    largestPaintAt: number;
  }
}

/** Somebody opens EventKit for the first time, on a slow device: until the largest part of the first screen is painted. */
export async function measureFirstLoad({ url }: Pick<BenchStack, 'url'>): Promise<BenchResult> {
  const runs = await repeat(RUNS, () => loadOnce(url));
  return {
    figures: { first_load_lcp_s: Math.round(median(runs)) / 1000 },
    budgets: { first_load_lcp_s: 2 },
    notes: [
      `first loads: ${runs.map((ms) => Math.round(ms)).join(', ')} ms; processor slowed ${SLOWED} times`,
    ],
  };
}

async function loadOnce(url: string): Promise<number> {
  await using browser = await openBenchBrowser();
  const { context, page } = browser;
  await context.addInitScript(watchPaint);
  const session = await context.newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  return await largestPaint(page);
}

/** Runs in the page, as text. */
function watchPaint(): void {
  window.largestPaintAt = 0;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) window.largestPaintAt = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

/** Of the screen that stands: the browser says a paint a frame or two after it. */
async function largestPaint(page: Page): Promise<number> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => window.largestPaintAt > 0);
  return page.evaluate(() => window.largestPaintAt);
}

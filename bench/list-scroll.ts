import type { Page } from '@playwright/test';
import type { Bench } from './bench.ts';
import { percentile } from './bench.ts';
import { openBenchBrowser, signIn } from './bench-browser.ts';
import { openBenchStack, untilReplicated } from './bench-stack.ts';
import { SCANNER } from './demo-company.ts';

/** A cheap phone or an old laptop beside the machine that measures. */
const SLOWED = 4;
const WHEELS = 150;
const WHEEL_PIXELS = 900;
const JUMPS = 20;
const KEYS = 40;
/** The least that a browser tells of; what is faster counts as this. */
const LEAST_TOLD_MS = 16;

type Marks = {
  readonly longTasks: number[];
  readonly interactions: { readonly id: number; readonly ms: number }[];
  /** Of the page, when watching began. */
  readonly interactionCount: number;
};

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Performance {
    readonly interactionCount: number;
  }
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Window {
    listMarks: Marks;
  }
}

/**
 * A list of every piece under hand and keys on a slow machine: wheel, jumps anywhere, moving and choosing by keys. A task
 * over 50 ms is one in which nothing answers.
 */
export const benchListScroll: Bench = async ({ assetCount }) => {
  await using stack = await openBenchStack(assetCount);
  await untilReplicated(stack);
  await using browser = await openBenchBrowser();
  const { page, context } = browser;
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, stack.url, SCANNER, '/');
  await page.waitForFunction(() => window.deviceMarks.syncedAt !== null, undefined, { timeout: 600_000 });
  await page.goto(`${stack.url}/assets`);
  await untilRead(page);
  const rowCount = await page.evaluate(
    () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) - 1,
  );
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  // What a start leaves to be done is not the list's, nor what the first key of a page opens: the sound, for one.
  await untilQuiet(page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await untilQuiet(page);
  await page.evaluate(watchTasks);
  await wheel(page);
  const jumps = await jumpAbout(page);
  await typeKeys(page);
  await page.waitForFunction(
    (count) => performance.interactionCount - window.listMarks.interactionCount >= count,
    KEYS,
  );
  await untilQuiet(page);
  const { longTasks, interactions } = await page.evaluate(() => window.listMarks);
  const slowest = new Map<number, number>();
  for (const { id, ms } of interactions) slowest.set(id, Math.max(ms, slowest.get(id) ?? 0));
  const unseen = Math.max(0, KEYS - slowest.size);
  const told = [...slowest.values(), ...Array.from({ length: unseen }, () => LEAST_TOLD_MS)];
  return {
    figures: {
      list_rows: rowCount,
      list_long_tasks: longTasks.length,
      list_longest_task_ms: Math.round(Math.max(0, ...longTasks)),
      list_inp_ms: percentile(told, 0.98),
      list_jump_read_p95_ms: percentile(jumps, 0.95),
    },
    budgets: { list_long_tasks: 0, list_inp_ms: 100 },
    isGate: true,
    notes: [
      `CPU slowed ${SLOWED} times; ${WHEELS} turns of the wheel, ${JUMPS} jumps, ${KEYS} keys; interactions as the browser tells them, in steps of 8 ms`,
    ],
  };
};

/** Runs in the page, as text. */
function watchTasks(): void {
  const marks: Marks = { longTasks: [], interactions: [], interactionCount: performance.interactionCount };
  window.listMarks = marks;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId = 0, duration } = entry as PerformanceEventTiming & { interactionId?: number };
      if (interactionId > 0) marks.interactions.push({ id: interactionId, ms: duration });
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

async function wheel(page: Page): Promise<void> {
  await page.mouse.move(700, 500);
  for (let turn = 0; turn < WHEELS; turn += 1) {
    await page.mouse.wheel(0, turn < WHEELS * 0.7 ? WHEEL_PIXELS : -WHEEL_PIXELS);
    await nextFrame(page);
  }
  await untilRead(page);
}

/** To places all over the list; how long until their rows are there. */
async function jumpAbout(page: Page): Promise<number[]> {
  const took: number[] = [];
  for (let jump = 0; jump < JUMPS; jump += 1) {
    took.push(
      await page.evaluate(
        async (share) => {
          const grid = document.querySelector<HTMLElement>('[role=grid]');
          if (grid === null) throw new Error('there is no list');
          const begunAt = performance.now();
          grid.scrollTop = grid.scrollHeight * share;
          for (;;) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
            const rows = [...grid.querySelectorAll('[role=row][id]')];
            const isThere = rows.length > 0 && rows.every((row) => row.getAttribute('aria-busy') === null);
            // The frame of the jump still shows the rows of before.
            if (isThere && performance.now() - begunAt > 20) return performance.now() - begunAt;
          }
        },
        ((jump * 7) % JUMPS) / JUMPS,
      ),
    );
  }
  return took;
}

async function typeKeys(page: Page): Promise<void> {
  const keys = ['ArrowDown', 'ArrowDown', 'PageDown', 'Shift+ArrowDown', 'ArrowUp'];
  for (let index = 0; index < KEYS; index += 1) {
    await page.keyboard.press(keys[index % keys.length] ?? 'ArrowDown');
    await nextFrame(page);
  }
  await untilRead(page);
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** For a second no frame comes late: whatever was begun is done. */
async function untilQuiet(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const LATE_MS = 40;
    let quietSince = performance.now();
    let last = quietSince;
    while (last - quietSince < 1_000) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (now - last > LATE_MS) quietSince = now;
      last = Math.max(last, now);
    }
  });
}

async function untilRead(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('[role=grid] [role=row][id]')];
    return rows.length > 10 && rows.every((row) => row.getAttribute('aria-busy') === null);
  });
}

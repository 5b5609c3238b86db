import { type BrowserContext, expect, type Page } from '@playwright/test';
import { type BenchResult, median, percentile, repeat } from '#bench.ts';
import { openBenchBrowser, signIn } from '#bench-browser.ts';
import type { BenchStack } from '#bench-stack.ts';
import { eventsToLoad, SCANNER } from '#demo-company.ts';

const OPENINGS = 5;
const SYNCED_WITHIN_MS = 120_000;
/** Typed letter by letter: names, places, events, and beginnings of many codes. */
const TYPED = ['lamp', 'spot 3', 'jana', 'gala', '#a-00', 'shelf', 'moving head', 'case 12', 'kabel'];

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Window {
    /** How long each took, in ms. */
    answers: number[];
  }
}

/** At the end of a text, or before one. */
const ASKS_NOTHING = new Set([' ', '#']);

/** A device that has everything, without a network: until a pull list stands after a start, and how soon the palette answers. */
export async function measureKeptApp(stack: BenchStack): Promise<BenchResult> {
  const [eventId] = await eventsToLoad(stack);
  if (eventId === undefined) throw new Error('the demo company has nothing to load');
  const path = `/events/${eventId}`;
  await using browser = await openBenchBrowser();
  const { context, page } = browser;
  await signIn(page, stack.url, SCANNER, path);
  await page.waitForFunction(() => window.deviceMarks.syncedAt !== null, undefined, {
    timeout: SYNCED_WITHIN_MS,
    polling: 500,
  });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.close();
  const openings = await repeat(OPENINGS, () => openOnce(context, stack.url + path));
  const answers = await askPalette(context, stack.url + path);
  return {
    figures: {
      open_offline_s: Math.round(median(openings)) / 1000,
      palette_answers: answers.length,
      palette_p50_ms: median(answers),
      palette_p95_ms: percentile(answers, 0.95),
    },
    budgets: { open_offline_s: 1, palette_p95_ms: 50 },
    notes: [
      `openings without network: ${openings.map((ms) => Math.round(ms)).join(', ')} ms, from the navigation to a pull list with lines`,
      'an answer counts from the key to the frame that shows what was found',
    ],
  };
}

async function openOnce(context: BrowserContext, url: string): Promise<number> {
  const page = await openPullList(context, url);
  const shownAt = await page.evaluate(() => window.deviceMarks.pullListAt);
  await page.close();
  if (shownAt === null) throw new Error('the device lost its marks');
  return shownAt;
}

async function openPullList(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.deviceMarks.pullListAt !== null);
  return page;
}

async function askPalette(context: BrowserContext, url: string): Promise<number[]> {
  const page = await openPullList(context, url);
  await page.evaluate(watchAnswers);
  let asked = 0;
  for (const words of TYPED) {
    await openPalette(page);
    for (const letter of words) {
      await page.keyboard.press(letter);
      if (ASKS_NOTHING.has(letter)) continue;
      asked += 1;
      await page.waitForFunction((count) => window.answers.length === count, asked);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
  }
  return page.evaluate(() => window.answers);
}

/** Keys are heard from a moment after the screen is there on. */
async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('listbox')).toBeVisible({ timeout: 1000 });
  }).toPass();
}

/** Runs in the page, as text, so it names ASKS_NOTHING's letters itself. */
function watchAnswers(): void {
  window.answers = [];
  const listen = (event: Event) => {
    const { data, timeStamp } = event as InputEvent;
    if (data === ' ' || data === '#') return;
    const list = document.querySelector('[role=listbox]');
    if (list === null) throw new Error('there is no palette');
    new MutationObserver((_, observer) => {
      if (list.hasAttribute('aria-busy')) return;
      observer.disconnect();
      requestAnimationFrame(() => window.answers.push(performance.now() - timeStamp));
    }).observe(list, { attributes: true, attributeFilter: ['aria-busy'] });
  };
  addEventListener('input', listen, { capture: true });
}

import type { Page } from '@playwright/test';

/** One scan as the page saw it, in milliseconds since the navigation. */
export type SeenScan = {
  readonly code: string;
  /** Of the Enter that ends the code: when the browser got the key, not when the page came to it. */
  readonly enteredAt: number;
  /** When the outcome of this code stood in the document. */
  shownAt: number | null;
  /** When the frame with it was handed over for drawing. */
  paintedAt: number | null;
  outcome: string | null;
};

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Window {
    seenScans: SeenScan[];
  }
}

/**
 * Runs in the page before the app: notes every Enter and when the plate shows the code that it ended. Self-contained,
 * as it is sent to the browser as text.
 */
export function watchScans(): void {
  const scans: SeenScan[] = [];
  window.seenScans = scans;
  let typed = '';
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key.length === 1) typed += key;
      if (key !== 'Enter') return;
      scans.push({ code: typed, enteredAt: timeStamp, shownAt: null, paintedAt: null, outcome: null });
      typed = '';
    },
    { capture: true },
  );
  const look = () => {
    const plate = document.querySelector<HTMLElement>('section[data-outcome]');
    if (plate === null) return;
    const codes = [...plate.querySelectorAll('p.font-mono')].map(({ textContent }) => textContent);
    const scan = scans.findLast(({ code, shownAt }) => shownAt === null && codes.includes(code));
    if (scan === undefined) return;
    scan.shownAt = performance.now();
    scan.outcome = plate.dataset['outcome'] ?? null;
    // The task after the next frame's callbacks runs when that frame is committed.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        scan.paintedAt = performance.now();
      };
      port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

/** Every scan of the page so far, once all of them are shown; fails when one is not. */
export async function shownScans(page: Page, count: number): Promise<SeenScan[]> {
  await page.waitForFunction(
    (wanted) =>
      window.seenScans.length >= wanted && window.seenScans.every(({ paintedAt }) => paintedAt !== null),
    count,
    { timeout: 30_000, polling: 100 },
  );
  return page.evaluate(() => window.seenScans);
}

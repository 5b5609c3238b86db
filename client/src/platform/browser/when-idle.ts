/** At the latest, however much there is to draw. */
const WAIT_MS = 1000;
/** For browsers that do not tell when they have nothing to draw. */
const PAUSE_MS = 200;

/** Runs when the page has drawn what it had to draw. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: WAIT_MS });
  else setTimeout(run, PAUSE_MS);
}

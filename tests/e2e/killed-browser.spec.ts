import { expect } from '@playwright/test';
import { runBrowserKills } from '#faults/browser-kill-run.ts';
import { test } from './test.ts';

/** `npm run faults -- browser` does this a hundred times. */
const ROUNDS = 2;

test('a browser that is killed while it records loses nothing of what it showed as done', async () => {
  // Each round starts a browser and, on a busy machine, takes a minute.
  test.setTimeout(480_000);
  const report = await runBrowserKills({ rounds: ROUNDS, seed: 'pinned' });
  expect(report.lost).toEqual([]);
  expect(report.integrity).toEqual(['ok']);
  expect(report.stored).toBe(report.recorded);
  expect(report.acknowledged).toBeGreaterThan(ROUNDS);
});

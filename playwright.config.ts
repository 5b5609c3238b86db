import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './tests/stack/chromium.ts';

const MEASURING = ['**/crew-without-signal.spec.ts', '**/others-changes.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each file brings its own server, database and browsers, and waits for most of its time.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'beside others', testIgnore: MEASURING },
    // They judge how long something takes: nothing else runs meanwhile.
    { name: 'alone', testMatch: MEASURING, workers: 1, dependencies: ['beside others'] },
  ],
  retries: 0,
  timeout: 240_000,
  // A machine under load takes longer; only what is wrong waits to the end.
  expect: { timeout: 30_000 },
  use: {
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
});

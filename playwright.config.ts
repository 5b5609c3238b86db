import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './tests/stack/chromium.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test brings its own server, database and browsers; two cores carry one at a time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 240_000,
  // A machine under load takes longer; only what is wrong waits to the end.
  expect: { timeout: 30_000 },
  use: {
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumOptions } from '@eventkit/tests/stack/chromium.ts';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { watchDevice } from './watch-device.ts';

export type BenchBrowser = { readonly context: BrowserContext; readonly page: Page } & AsyncDisposable;

/**
 * A real Chromium with an empty profile on disk. (In a private context every page that SQLite writes goes through
 * another process, which no person's browser does.)
 */
export async function openBenchBrowser(): Promise<BenchBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'eventkit-bench-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumOptions,
    viewport: { width: 412, height: 892 },
  });
  await context.addInitScript(watchDevice);
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Signs a demo user in by the real login page; resolves when the app's page at `path` has begun to load. */
export async function signIn(page: Page, url: string, email: string, path: string): Promise<void> {
  await page.goto(`${url}/auth/login?return=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: email }).click();
  await page.waitForURL(`${url}${path}`, { waitUntil: 'commit' });
}

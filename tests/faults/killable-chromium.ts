import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumOptions } from '#stack/chromium.ts';

/** A Chromium of our own on a profile that outlives it: all its processes can be killed at once, without warning. */
export type KillableChromium = {
  readonly context: BrowserContext;
  readonly page: Page;
  kill(): Promise<void>;
};

const UP_WITHIN_MS = 30_000;

export async function startKillableChromium(profile: string): Promise<KillableChromium> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const process_ = spawn(
    chromiumOptions.executablePath,
    [
      ...chromiumOptions.args,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=412,892',
      'about:blank',
    ],
    // A group of its own, which its renderers share.
    { detached: true, stdio: 'ignore' },
  );
  const browser = await connect(process_, portFile);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the browser has no context');
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    async kill() {
      const ended = once(process_, 'exit');
      process.kill(-(process_.pid ?? 0), 'SIGKILL');
      await ended;
      await browser.close();
    },
  };
}

async function connect(process_: ChildProcess, portFile: string): Promise<Browser> {
  const givenUpAt = performance.now() + UP_WITHIN_MS;
  for (;;) {
    try {
      const [port, path] = readFileSync(portFile, 'utf8').split('\n');
      return await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
    } catch (error) {
      if (process_.exitCode !== null) throw new Error(`Chromium ended with ${process_.exitCode}`);
      if (performance.now() > givenUpAt) throw error;
    }
    await wait(25);
  }
}

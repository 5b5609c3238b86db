import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { createRandomSource } from '#simulation/random-source.ts';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { typeCode } from '#stack/type-code.ts';
import { type KillableChromium, startKillableChromium } from './killable-chromium.ts';

export type BrowserKillReport = {
  readonly rounds: number;
  /** Scans whose feedback was on the screen before the kill. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly integrity: readonly string[];
  /** Operations that the device holds, and how many of them the server has in the end, each once. */
  readonly recorded: number;
  readonly stored: number;
};

const SHORTEST_MS = 150;
const LONGEST_MS = 2_000;
const ON_DISK_WITHIN_MS = 60_000;
/** Keys of so many codes are under way at once: the app works them off as fast as it can. */
const AT_ONCE = 4;

/**
 * A warehouse hand scans as fast as the app takes it, and the whole browser is killed at a random moment; the same
 * profile is opened again, and everything that was shown as done must be in its database. At last everything is sent.
 */
export async function runBrowserKills(options: {
  readonly rounds: number;
  readonly seed: string;
  readonly onRound?: (round: number, acknowledged: number) => void;
}): Promise<BrowserKillReport> {
  const random = createRandomSource(options.seed);
  const stack = await startRunningStack({ assetCount: Math.max(1_000, options.rounds * 60) });
  const profile = mkdtempSync(join(tmpdir(), 'eventkit-killed-browser-'));
  const acknowledged = new Set<string>();
  const lost: string[] = [];
  const integrity: string[] = [];
  try {
    const job = await findJob(stack);
    const scanPage = `${stack.url}/events/${job.eventId}/scan`;
    let browser = await startKillableChromium(profile);
    await signIn(browser.page, stack.url);
    await untilOnDisk(profile, 'eventkit.session');
    for (let round = 0; round < options.rounds; round += 1) {
      await watchFeedback(browser, acknowledged);
      await openScanPage(browser.page, scanPage);
      const killed = { is: false };
      const scanning = scan(browser, job.codes, killed);
      await wait(random.between(SHORTEST_MS, LONGEST_MS));
      killed.is = true;
      await browser.kill();
      await scanning;
      browser = await startKillableChromium(profile);
      await browser.page.goto(scanPage);
      const held = await readHeld(browser.page);
      integrity.push(held.integrity);
      lost.push(...[...acknowledged].filter((code) => !held.codes.includes(code)));
      options.onRound?.(round + 1, acknowledged.size);
    }
    await signIn(browser.page, stack.url);
    await browser.page.getByRole('status').getByText('All sent').waitFor({ timeout: 60_000 });
    const { ids } = await readHeld(browser.page);
    const stored = await stack.query<{ id: string }>('SELECT id FROM operations WHERE id = ANY($1::uuid[])', [
      ids,
    ]);
    await browser.kill();
    return {
      rounds: options.rounds,
      acknowledged: acknowledged.size,
      lost: [...new Set(lost)],
      integrity: [...new Set(integrity)],
      recorded: ids.length,
      stored: stored.length,
    };
  } finally {
    await stack.dispose();
    rmSync(profile, { recursive: true, force: true });
  }
}

/**
 * Until the browser has written this key of the page's storage to disk, which it does every few seconds: who is killed
 * sooner signs in again, which is not what is looked at here.
 */
async function untilOnDisk(profile: string, key: string): Promise<void> {
  const folder = join(profile, 'Default', 'Local Storage', 'leveldb');
  const givenUpAt = performance.now() + ON_DISK_WITHIN_MS;
  while (!readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(key))) {
    if (performance.now() > givenUpAt) throw new Error(`${key} is not on disk after ${ON_DISK_WITHIN_MS} ms`);
    await wait(100);
  }
}

/** A long event, and more things to scan out to it than anybody can: each code is read once. */
async function findJob(stack: RunningStack): Promise<{ eventId: string; codes: string[] }> {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
        AND place_kind = 'location' ORDER BY code`,
  );
  if (event === undefined) throw new Error('the demo company has no event');
  return { eventId: event.id, codes: units.map(({ code }) => code) };
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/auth/login?return=/`);
  const jana = page.getByRole('button', { name: /Jana/ });
  const sent = page.getByRole('link', { name: /^All sent/ });
  await jana.or(sent).first().waitFor({ timeout: 60_000 });
  if (await jana.isVisible()) await jana.click();
  await sent.waitFor({ timeout: 60_000 });
  await page.getByRole('progressbar').first().waitFor({ state: 'detached', timeout: 60_000 });
}

/** Says at once, frame by frame, what the screen confirmed: the kill takes whatever the page would remember. */
async function watchFeedback({ page }: KillableChromium, acknowledged: Set<string>): Promise<void> {
  await page.exposeFunction('acknowledgeScan', (code: string) => void acknowledged.add(code));
  await page.addInitScript(() => {
    const scope = globalThis as unknown as { acknowledgeScan(code: string): void };
    const look = () => {
      for (const plate of document.querySelectorAll('[data-outcome="ok"], [data-outcome="wrong_event"]')) {
        const code = plate.querySelector('p.font-mono')?.textContent;
        if (code) scope.acknowledgeScan(code);
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

async function openScanPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('list', { name: 'This session by outcome' }).waitFor({ timeout: 30_000 });
}

/** Until the browser is gone. Takes the codes it reads off the list. */
async function scan(
  { context, page }: KillableChromium,
  codes: string[],
  killed: { readonly is: boolean },
): Promise<void> {
  try {
    const session = await context.newCDPSession(page);
    while (!killed.is) {
      const next = codes.splice(0, AT_ONCE);
      if (next.length === 0) throw new Error('every code was read: take a larger company');
      for (const code of next) await typeCode(session, code);
    }
  } catch (error) {
    if (!killed.is) throw error;
  }
}

type Held = { readonly ids: string[]; readonly codes: string[]; readonly integrity: string };

async function readHeld(page: Page): Promise<Held> {
  await page.waitForFunction(() => 'eventkit' in globalThis, undefined, { timeout: 30_000 });
  return page.evaluate(async () => {
    const scope = globalThis as unknown as {
      eventkit: { query<Row>(sql: string): Promise<Row[]> };
    };
    const rows = await scope.eventkit.query<{ id: string; code: string | null }>(
      `SELECT id, intent ->> '$.asset.code' AS code FROM own_operations`,
    );
    const checked = await scope.eventkit.query<{ integrity: string }>(
      'SELECT integrity_check AS integrity FROM pragma_integrity_check',
    );
    return {
      ids: rows.map(({ id }) => id),
      codes: rows.flatMap(({ code }) => (code === null ? [] : [code])),
      integrity: checked.map(({ integrity }) => integrity).join('; '),
    };
  });
}

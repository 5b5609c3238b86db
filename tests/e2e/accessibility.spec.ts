import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type MailServer, startMailServer } from '@eventkit/api/testing/start-mail-server.ts';
import { places } from '@eventkit/client/platform/navigation/places.ts';
import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { FIT, TENANT } from './dock-acts.ts';
import { desktopView, phoneView } from './shoot.ts';
import { test } from './test.ts';

/* Every screen in every look, judged by axe: nothing serious is found. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = ['dark', 'light', 'contrast'] as const;
const SERIOUS = ['serious', 'critical'];

let stack: RunningStack;
let mails: MailServer;
let paths: readonly string[];
test.beforeAll(async () => {
  mails = await startMailServer();
  stack = await startRunningStack({
    assetCount: 1000,
    environment: { EVENTKIT_SIGN_UP: 'approval', SMTP_URL: mails.url, MAIL_FROM: 'rental@example.com' },
  });
  paths = [
    ...places.map(({ path }) => path),
    '/notifications/choices',
    '/products',
    ...(await pathsOfRecords()),
  ];
});
test.afterAll(async () => {
  await stack.dispose();
  await mails.stop();
});

for (const [width, view] of [
  ['a desk', desktopView],
  ['a phone', phoneView],
] as const) {
  test(`every screen on ${width}, in three looks`, async ({ browser }) => {
    test.setTimeout(600_000);
    const context = await browser.newContext({ baseURL: stack.url, ...view, reducedMotion: 'reduce' });
    const { page } = await signIn(context, stack.url, 'Miriam');
    const found: string[] = [];
    const look = async (screen: string) => {
      await expect(page.getByRole('heading').first(), screen).toBeVisible();
      await expect(page.locator('main [aria-busy="true"]'), screen).toHaveCount(0);
      for (const theme of THEMES) {
        const findings = await seriousFindings(page, theme);
        found.push(...findings.map((finding) => `${screen} in ${theme}: ${finding}`));
      }
    };
    for (const path of paths) {
      await page.goto(path);
      await look(path);
    }
    await page.goto('/dashboard');
    await page.getByRole('button', { name: 'Arrange' }).click();
    await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
    await look('the dashboard while it is arranged');
    await openStocktake(page);
    await look('a sheet for a new stocktake');
    await page.getByRole('button', { name: 'Start counting' }).click();
    await expect(page.getByText('Scan the label of a shelf')).toBeVisible();
    await look('a count');
    await page.getByRole('link', { name: 'Review' }).click();
    await expect(page.getByRole('button', { name: 'Close the count' })).toBeVisible();
    await look('what was counted');
    await context.clearCookies();
    await page.evaluate(() => localStorage.clear());
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await look('nobody signed in');
    for (const path of ['/auth/login', '/auth/sign-up']) {
      await page.goto(path);
      await look(path);
    }
    expect(found).toEqual([]);
    await context.close();
  });
}

async function openStocktake(page: Page): Promise<void> {
  await page.goto('/stocktakes');
  await page.getByRole('button', { name: 'New stocktake' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('All that there is');
}

/** Screens of one thing each. */
async function pathsOfRecords(): Promise<string[]> {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const [event] = await stack.query<{ id: string }>(
    `SELECT e.id FROM events e WHERE e.${ofTenant} AND e.status IN ('in_prep', 'confirmed')
       AND EXISTS (SELECT 1 FROM pull_list_lines l WHERE l.event_id = e.id) ORDER BY e.load_at LIMIT 1`,
  );
  const [piece] = await stack.query<{ id: string }>(
    `SELECT a.id FROM assets a WHERE a.${ofTenant} AND ${FIT} ORDER BY a.code LIMIT 1`,
  );
  const [box] = await stack.query<{ id: string }>(
    `SELECT id FROM assets WHERE ${ofTenant} AND is_case ORDER BY code LIMIT 1`,
  );
  const [truck] = await stack.query<{ id: string }>(
    `SELECT id FROM vehicles WHERE ${ofTenant} ORDER BY code LIMIT 1`,
  );
  const [conflict] = await stack.query<{ id: string }>(
    `INSERT INTO conflicts (tenant_id, id, class, status, code, opened_at)
     SELECT id, 'unknown_code:looked-at', 'unknown_code', 'open', 'OLD-LABEL-7', now()
       FROM tenants WHERE slug = '${TENANT}' RETURNING id`,
  );
  if (truck === undefined || conflict === undefined) throw new Error('the demo company has no truck');
  if (event === undefined || piece === undefined || box === undefined)
    throw new Error('the demo company lacks what is to be looked at');
  return [
    `/events/${event.id}`,
    `/events/${event.id}/edit`,
    `/events/${event.id}/scan`,
    `/events/${event.id}/trucks`,
    `/events/${event.id}/trucks/${truck.id}`,
    `/trucks/${truck.id}/unload`,
    `/conflicts/${encodeURIComponent(conflict.id)}`,
    `/assets/${piece.id}`,
    `/labels?asset=${piece.id}`,
    `/pack/${box.id}`,
  ];
}

type Rule = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
};

async function seriousFindings(page: Page, theme: string): Promise<string[]> {
  await page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name;
  }, theme);
  await page.evaluate(AXE);
  const rules = await page.evaluate(async () => {
    const scope = globalThis as unknown as {
      axe: { run(what: Document, how: object): Promise<{ violations: Rule[] }> };
    };
    const { violations } = await scope.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes }));
  });
  return rules
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}) at ${html.slice(0, 160)}: ${failureSummary}`),
    );
}

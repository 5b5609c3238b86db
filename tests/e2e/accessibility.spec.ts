import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
let paths: readonly string[];
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
  paths = [...places.map(({ path }) => path), '/notifications/choices', ...(await pathsOfRecords())];
});
test.afterAll(() => stack.dispose());

for (const [width, view] of [
  ['a desk', desktopView],
  ['a phone', phoneView],
] as const) {
  test(`every screen on ${width}, in three looks`, async ({ browser }) => {
    test.setTimeout(600_000);
    const context = await browser.newContext({ baseURL: stack.url, ...view, reducedMotion: 'reduce' });
    const { page } = await signIn(context, stack.url, 'Miriam');
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading').first(), path).toBeVisible();
      await expect(page.locator('main [aria-busy="true"]'), path).toHaveCount(0);
      for (const theme of THEMES) {
        const findings = await seriousFindings(page, theme);
        found.push(...findings.map((finding) => `${path} in ${theme}: ${finding}`));
      }
    }
    expect(found).toEqual([]);
    await context.close();
  });
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
  if (event === undefined || piece === undefined || box === undefined)
    throw new Error('the demo company lacks what is to be looked at');
  return [
    `/events/${event.id}`,
    `/events/${event.id}/edit`,
    `/events/${event.id}/scan`,
    `/events/${event.id}/trucks`,
    `/assets/${piece.id}`,
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

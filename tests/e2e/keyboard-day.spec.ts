import { expect, type Page, test } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { FIT, TENANT, type Unit } from './dock-acts.ts';
import { countPointers, linesByHand, linesByHandIn, pressPointer, tabTo } from './keyboard-only.ts';
import { desktopView, shoot } from './shoot.ts';

/* Planning with keys alone, from the sign-in on: no pointer touches the page, and nothing gives it the focus. */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const palette = (page: Page) => page.getByRole('dialog', { name: /^(Search or command|Suche oder Befehl)$/ });

/** Types into the palette, and goes down to the option that says so. */
async function choose(page: Page, typed: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(typed, { delay: 120 });
  await expect(palette(page).getByRole('option', { name: option }).first()).toBeVisible();
  const chosen = palette(page).getByRole('option', { selected: true });
  await expect(async () => {
    if (!option.test((await chosen.textContent()) ?? '')) {
      await page.keyboard.press('ArrowDown');
      throw new Error('not there yet');
    }
  }).toPass({ intervals: [50] });
  await page.keyboard.press('Enter');
}

test('the guard notices a pointer, and a spec that uses one', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: stack.url });
  const pointers = await countPointers(context);
  const page = await context.newPage();
  await page.goto('/');
  await pressPointer(page);
  await expect.poll(pointers).toBe(1);
  const calls = ['click', 'fill', 'focus', 'press', 'hover'].map(
    (call) => `page.getByText('a').${call}('b');`,
  );
  expect(linesByHand([...calls, 'page.keyboard.press("a");'].join('\n'))).toEqual(calls);
  expect(linesByHandIn(import.meta.filename)).toEqual([]);
});

test('from the sign-in to a changed pull list, without a pointer', async ({ browser }) => {
  const { gala, product } = await findWork();
  const context = await browser.newContext({ baseURL: stack.url, ...desktopView });
  const pointers = await countPointers(context);
  const page = await context.newPage();
  const { keyboard } = page;

  await test.step('sign in', async () => {
    await page.goto(stack.url);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await tabTo(page, /^Sign in/);
    await keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /Miriam/ })).toBeVisible();
    await tabTo(page, /Miriam/);
    await keyboard.press('Enter');
    await expect(page.getByRole('link', { name: /^All sent/ })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
  });

  await test.step('find an event', async () => {
    await choose(page, gala.code.toLowerCase(), new RegExp(gala.code));
    await expect(page).toHaveURL(`/events/${gala.id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(gala.code);
  });

  const lines = page.getByRole('button', { name: /^Delete / });
  await test.step('add lines to its pull list, and take the last back', async () => {
    await keyboard.press('e');
    await expect(page).toHaveURL(/\/edit$/);
    await expect(lines.first()).toBeVisible();
    const before = await lines.count();
    const field = page.getByLabel('Add product');
    await keyboard.press('a');
    await expect(field).toBeFocused();
    await keyboard.type(product.toLowerCase(), { delay: 120 });
    await keyboard.press('Enter');
    await expect(lines).toHaveCount(before + 1);
    await expect(field).toBeFocused();
    await keyboard.press('Shift+Tab');
    await expect(page.getByLabel('Quantity', { exact: true })).toBeFocused();
    await keyboard.press('Control+a');
    await keyboard.type('3');
    await keyboard.press('Tab');
    await keyboard.type(product.toLowerCase(), { delay: 120 });
    await keyboard.press('Enter');
    await expect(lines).toHaveCount(before + 2);
    await shoot(page, 'keyboard-lines');
    await keyboard.press('Escape');
    await keyboard.press('Control+z');
    await expect(lines).toHaveCount(before + 1);
    await keyboard.press('d');
    await expect(page).toHaveURL(`/events/${gala.id}`);
  });
  expect(pointers()).toBe(0);
});

/** An event to come, and a product that is in stock. */
async function findWork(): Promise<{ gala: Unit; product: string }> {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const [gala] = await stack.query<Unit>(
    `SELECT e.id, e.name AS code FROM events e WHERE e.${ofTenant} AND e.status IN ('in_prep', 'confirmed')
       AND EXISTS (SELECT 1 FROM pull_list_lines l WHERE l.event_id = e.id) ORDER BY e.load_at LIMIT 1`,
  );
  const [thing] = await stack.query<{ product: string }>(
    `SELECT p.name AS product FROM assets a JOIN products p USING (tenant_id)
     WHERE p.id = a.product_id AND a.${ofTenant} AND ${FIT} ORDER BY a.code LIMIT 1`,
  );
  if (gala === undefined || thing === undefined) throw new Error('nothing to work with');
  return { gala, product: thing.product };
}

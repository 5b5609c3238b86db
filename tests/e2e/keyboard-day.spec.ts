import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { FIT, openScanOut, phone, SETTLED_WITHIN_MS, TENANT, type Unit } from './dock-acts.ts';
import { countPointers, linesByHand, linesByHandIn, pressPointer, tabTo } from './keyboard-only.ts';
import { desktopView, shoot } from './shoot.ts';
import { test } from './test.ts';

/* A working day with keys alone, from the sign-in on: no pointer touches the page, and nothing gives it the focus. */

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

test('from the sign-in to a settled conflict, without a pointer', async ({ browser }) => {
  const { gala, fair, thing, product } = await findWork();
  await test.step('two people scan the same thing out to two events', async () => {
    const emre = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
    const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
    const both = [emre, jana];
    await Promise.all(both.map(untilOpensOffline));
    // Neither hears of the other's scan: a line that is open already would still bring it.
    await stack.kill();
    await Promise.all(both.map(({ context }) => context.setOffline(true)));
    await openScanOut(jana, gala);
    await scan(jana, thing.code, /^(ok|wrong_event)$/);
    await openScanOut(emre, fair);
    await scan(emre, thing.code, /^(ok|wrong_event)$/);
    await stack.start();
    for (const device of both) {
      await device.context.setOffline(false);
      await untilAllSent(device, SETTLED_WITHIN_MS);
    }
    await Promise.all([emre.context.close(), jana.context.close()]);
  });

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

  const lines = page.getByRole('listitem').getByRole('button', { name: /^Delete / });
  await test.step('add lines to its pull list, and take the last back', async () => {
    await keyboard.press('e');
    await expect(page).toHaveURL(/\/edit$/);
    const before = await countLines(gala);
    await expect(lines).toHaveCount(before);
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

  await test.step('settle a conflict', async () => {
    await keyboard.press('g');
    await keyboard.press('i');
    await expect(page).toHaveURL(/\/conflicts$/);
    const mine = page.getByRole('link', { name: `${thing.code} is out to two events` });
    await expect(mine).toBeVisible();
    await expect(async () => {
      await keyboard.press('j');
      await expect(mine).toBeFocused({ timeout: 300 });
    }).toPass();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: thing.code })).toBeVisible();
    await shoot(page, 'keyboard-conflict');
    await keyboard.press('s');
    await expect(page.getByText(/^Settled /).first()).toBeVisible();
    await untilAllSent({ context, page }, SETTLED_WITHIN_MS);
  });

  await test.step('change the look and the language', async () => {
    await choose(page, '>daylight', /daylight/i);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await choose(page, '>deutsch', /Deutsch/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await keyboard.press('?');
    await expect(page.getByText('Strg Z')).toBeVisible();
    await shoot(page, 'keyboard-keys-de');
    await keyboard.press('Escape');
  });
  expect(pointers()).toBe(0);
});

/** Two events to come, and a thing in stock. */
async function findWork(): Promise<{ gala: Unit; fair: Unit; thing: Unit; product: string }> {
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')`;
  const [gala, fair] = await stack.query<Unit>(
    `SELECT e.id, e.name AS code FROM events e WHERE e.${ofTenant} AND e.status IN ('in_prep', 'confirmed')
       AND EXISTS (SELECT 1 FROM pull_list_lines l WHERE l.event_id = e.id) ORDER BY e.load_at LIMIT 2`,
  );
  const [thing] = await stack.query<Unit & { product: string }>(
    `SELECT a.id, a.code, p.name AS product FROM assets a JOIN products p USING (tenant_id)
     WHERE p.id = a.product_id AND a.${ofTenant} AND ${FIT} ORDER BY a.code LIMIT 1`,
  );
  if (gala === undefined || fair === undefined || thing === undefined)
    throw new Error('nothing to work with');
  return { gala, fair, thing, product: thing.product };
}

async function countLines(event: Unit): Promise<number> {
  const [found] = await stack.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM pull_list_lines WHERE event_id = $1 AND deleted_at IS NULL',
    [event.id],
  );
  return found?.count ?? Number.NaN;
}

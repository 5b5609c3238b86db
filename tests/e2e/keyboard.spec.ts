import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilOpensOffline, wedge } from './device.ts';
import { findStock, TENANT } from './dock-acts.ts';
import { desktopView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * Anywhere by keys alone: the palette finds screens, things and commands, without a network too; G leads to screens,
 * J and K along lines, a letter to what the screen offers. A scanner that types the same letters is still a scanner.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const palette = (page: Page) => page.getByRole('dialog', { name: /^(Search or command|Suche oder Befehl)$/ });
async function openPalette(page: Page): Promise<void> {
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
}

/** Of a product that there are pieces of. */
async function wordOfProduct(): Promise<string> {
  const [found] = await stack.query<{ name: string }>(
    `SELECT p.name FROM products p JOIN assets a ON a.tenant_id = p.tenant_id AND a.product_id = p.id
      WHERE p.tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}') AND NOT a.is_case ORDER BY p.name LIMIT 1`,
  );
  return found?.name.split(' ')[0]?.toLowerCase() ?? '';
}

const headline = (page: Page) => page.getByRole('heading', { level: 1 });

test('everything is a few keys away', async ({ browser }) => {
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Miriam',
  );
  const { page } = miriam;
  const { keyboard } = page;

  await test.step('G and a letter', async () => {
    // The keys are there a moment after the first screen.
    await expect(async () => {
      await keyboard.press('g');
      await keyboard.press('e');
      await expect(page).toHaveURL(/\/events$/, { timeout: 1000 });
    }).toPass();
    await expect(headline(page)).toHaveText('Events');
  });

  await test.step('J, K and Enter along the lines, and a letter for what the screen offers', async () => {
    const lines = page.getByRole('main').getByRole('listitem').getByRole('link');
    await expect(lines.first()).toBeVisible();
    await keyboard.press('j');
    await expect(lines.first()).toBeFocused();
    await keyboard.press('j');
    await expect(lines.nth(1)).toBeFocused();
    await keyboard.press('k');
    await expect(lines.first()).toBeFocused();
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/events\/[0-9a-f-]+$/);
    await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible();
    await wedge(miriam, 'e2-nobody-knows');
    await expect(page.getByRole('status').filter({ hasText: 'e2-nobody-knows' })).toBeVisible();
    await expect(page).toHaveURL(/\/events\/[0-9a-f-]+$/);
    await keyboard.press('e');
    await expect(page).toHaveURL(/\/edit$/);
  });

  await test.step('what is typed into a field is no command', async () => {
    const name = page.getByLabel('Name', { exact: true });
    const before = await name.inputValue();
    await name.focus();
    await keyboard.press('End');
    await keyboard.type('ge?', { delay: 200 });
    await expect(name).toHaveValue(`${before}ge?`);
    await expect(page).toHaveURL(/\/edit$/);
    for (const _ of 'ge?') await keyboard.press('Backspace');
    await keyboard.press('Escape');
    await expect(name).not.toBeFocused();
  });

  await test.step('all keys, those of the screen among them', async () => {
    await keyboard.press('g');
    await keyboard.press('t');
    await expect(page).toHaveURL(/\/$/);
    await keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await expect(sheet.getByText('Search or command')).toBeVisible();
    await shoot(page, 'keys');
    await keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
  });

  await test.step('the palette finds things on this device, without a network', async () => {
    await untilOpensOffline(miriam);
    await miriam.context.setOffline(true);
    await openPalette(page);
    await expect(palette(page).getByRole('option', { name: 'Today' })).toBeVisible();
    await keyboard.type(await wordOfProduct(), { delay: 120 });
    await expect(palette(page).getByRole('group', { name: 'Products' }).getByRole('option')).not.toHaveCount(
      0,
    );
    await expect(palette(page).getByRole('group', { name: 'Pieces' }).getByRole('option')).not.toHaveCount(0);
    await shoot(page, 'palette');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/find\?.*product=/);
    await expect(palette(page)).toHaveCount(0);
    await miriam.context.setOffline(false);
  });

  await test.step('commands: another look, another language', async () => {
    await openPalette(page);
    await keyboard.type('>daylight', { delay: 120 });
    await expect(palette(page).getByRole('option')).toHaveCount(1);
    await keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await openPalette(page);
    await keyboard.type('mega', { delay: 120 });
    await expect(palette(page).getByRole('option').first()).toBeVisible();
    await shoot(page, 'palette-light');
    await keyboard.press('Escape');
    await openPalette(page);
    await keyboard.type('>deutsch', { delay: 120 });
    await keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await openPalette(page);
    await keyboard.type('ruck', { delay: 120 });
    await expect(palette(page).getByRole('option', { name: 'Rücknahme' })).toBeVisible();
    await shoot(page, 'palette-de');
    await keyboard.press('Escape');
  });

  await test.step('a look that follows the device', async () => {
    await openPalette(page);
    await keyboard.type('>wie das', { delay: 120 });
    await keyboard.press('Enter');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });

  await test.step('a scan opens what was scanned, also out of the palette', async () => {
    await expect(page.getByRole('navigation', { name: 'Haupt' }).first()).toBeVisible();
    await openPalette(page);
    const { wanted } = await findStock(stack);
    await wedge(miriam, wanted.code);
    await expect(page).toHaveURL(`/assets/${wanted.id}`);
    await expect(palette(page)).toHaveCount(0);
  });
});

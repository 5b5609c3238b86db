import { readFile } from 'node:fs/promises';
import { type Download, expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilAllSent } from './device.ts';
import { phone, SETTLED_WITHIN_MS, speakGerman, TENANT } from './dock-acts.ts';
import { desktopView, shoot } from './shoot.ts';
import { test } from './test.ts';

const ASSETS = 20_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: ASSETS });
});
test.afterAll(() => stack.dispose());

const desktop = () => ({ ...desktopView, baseURL: stack.url });
const rows = (page: Page) => page.locator('[id^=list-row-]');
const active = async (page: Page) =>
  page.locator(`#${await page.getByRole('grid').getAttribute('aria-activedescendant')}`);

async function openList(page: Page): Promise<number> {
  await page.goto('/assets');
  await expect(rows(page).first()).toBeVisible();
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
}

test('pieces are sorted, filtered, grouped and kept as a view; the address says it, back and forward too', async ({
  browser,
}) => {
  const { page } = await signIn(await browser.newContext(desktop()), stack.url, 'Jana');
  await page.getByRole('link', { name: 'Inventory' }).click();
  await expect(rows(page).first()).toBeVisible();
  const all = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
  expect(all).toBeGreaterThan(ASSETS * 0.9);
  // Few of them exist in the page, however many there are.
  expect(await page.getByRole('grid').getByRole('row').count()).toBeLessThan(80);
  await shoot(page, 'desktop-list');

  const codes = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE tenant_id = (SELECT id FROM tenants WHERE slug = $1) AND deleted_at IS NULL
      ORDER BY code COLLATE "C" DESC LIMIT 1`,
    [TENANT],
  );
  await page.getByRole('columnheader', { name: 'Code' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-code/);
  await expect(rows(page).first()).toContainText(codes[0]?.code ?? '');

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'State' }).click();
  await sheet.getByRole('checkbox', { name: 'in quarantine' }).click();
  await sheet.getByRole('button', { name: 'Close' }).click();
  const [counted] = await stack.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM assets
      WHERE tenant_id = (SELECT id FROM tenants WHERE slug = $1) AND status = 'quarantined' AND deleted_at IS NULL`,
    [TENANT],
  );
  expect(counted?.count).toBeGreaterThan(0);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String((counted?.count ?? 0) + 1));

  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('dialog').getByLabel('Group by').selectOption('Category');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL(/group=category/);
  await shoot(page, 'desktop-list-grouped');
  await page.goBack();
  await expect(page).not.toHaveURL(/group=category/);
  await page.goForward();
  await expect(page).toHaveURL(/group=category/);

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('dialog').getByLabel('Name of the view').fill('Workshop');
  await shoot(page, 'desktop-list-views');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep this view' }).click();
  await expect(page.getByRole('button', { name: 'Workshop' })).toBeVisible();
  const address = page.url();
  await page.goto('/assets');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(all + 1));
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Workshop', exact: true }).click();
  await expect(page).toHaveURL(address);
  await page.reload();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String((counted?.count ?? 0) + 1));

  await page.getByRole('searchbox').fill('no such thing anywhere');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(all + 1));
});

test('keys move, choose and open; what is chosen is set into repair on every device', async ({ browser }) => {
  const jana = await signIn(await browser.newContext(desktop()), stack.url, 'Jana');
  const emre = await signIn(await browser.newContext(desktop()), stack.url, 'Emre');
  const { page } = jana;
  const where = '?where=%7B%22status%22%3A%7B%22any%22%3A%5B%22in_service%22%5D%7D%7D&sort=code';
  for (const one of [page, emre.page]) {
    await one.goto(`/assets${where}`);
    await expect(rows(one).first()).toBeVisible();
  }
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(await active(page)).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 selected')).toBeVisible();
  await shoot(page, 'desktop-list-selected');
  const chosen = grid.getByRole('row', { selected: true });
  const texts = await chosen.allInnerTexts();
  const codes = texts.map((text) => text.trim().split('\n')[0] ?? '');
  await page.getByRole('button', { name: 'Into repair' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Into repair' }).click();
  await expect(page.getByText('3 pieces recorded')).toBeVisible();
  await untilAllSent(jana, SETTLED_WITHIN_MS);
  const set = await stack.query(
    `SELECT code FROM assets WHERE code = ANY($1) AND status = 'in_repair'
      AND tenant_id = (SELECT id FROM tenants WHERE slug = $2)`,
    [codes, TENANT],
  );
  expect(set).toHaveLength(3);
  // The other list loses them without being asked.
  for (const code of codes) await expect(emre.page.getByRole('row', { name: code })).toHaveCount(0);

  await page.keyboard.press('Escape');
  await grid.focus();
  await page.keyboard.press('End');
  const last = await grid.getAttribute('aria-rowcount');
  await expect(await active(page)).toHaveAttribute('aria-rowindex', last ?? '');
  await expect(await active(page)).not.toHaveAttribute('aria-busy');
  const code = (await (await active(page)).innerText()).trim().split('\n')[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/assets\/[0-9a-f-]{36}/);
  await expect(page.getByText(code).first()).toBeVisible();
  await page.goBack();
  await expect(rows(page).first()).toBeVisible();

  await grid.focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('At most 500 pieces at once')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Print labels' }).click();
  await expect(page).toHaveURL(/\/labels/);
  await expect(page.getByRole('checkbox')).toHaveCount(1);
});

test('what is shown leaves as CSV and as a workbook', async ({ browser }) => {
  const { page } = await signIn(await browser.newContext(desktop()), stack.url, 'Jana');
  await openList(page);
  await page.goto('/assets?where=%7B%22status%22%3A%7B%22any%22%3A%5B%22quarantined%22%5D%7D%7D');
  await expect(rows(page).first()).toBeVisible();
  const count = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
  await page.getByRole('button', { name: 'Export' }).click();
  const sheet = page.getByRole('dialog');
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    sheet.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const text = (await contentOf(csv)).toString('utf8');
  expect(text.startsWith('\uFEFFCode,Product,Category,State,Lies,Place,Last moved\r\n')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(count + 1);
  const [workbook] = await Promise.all([
    page.waitForEvent('download'),
    sheet.getByRole('button', { name: 'Excel' }).click(),
  ]);
  expect(workbook.suggestedFilename()).toMatch(/^eventkit-Inventory-.*\.xlsx$/);
  expect((await contentOf(workbook)).subarray(0, 2).toString()).toBe('PK');
});

test('on a phone rows are two lines, in German and as cards too', async ({ browser }) => {
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  const { page } = jana;
  await openList(page);
  await shoot(page, 'phone-list');
  await speakGerman(jana);
  await page.goto('/assets');
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Auswählen', exact: true }).click();
  await rows(page).nth(1).click();
  await expect(page.getByText('1 ausgewählt')).toBeVisible();
  await shoot(page, 'phone-list-selected-german');
  await page.goto('/assets?as=cards');
  await expect(rows(page).first()).toBeVisible();
  await shoot(page, 'phone-list-cards-german');
  await page.goto('/products');
  await expect(rows(page).first()).toBeVisible();
  await shoot(page, 'phone-products-german');
});

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilOpensOffline } from './device.ts';
import { speakGerman } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * What a person wants to see first, from end to end: arranged with the keyboard and the mouse, several layouts, the same
 * on their other device, also after a time without signal; and nobody else's.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const widgets = (page: Page) => page.locator('main section[aria-label]');
/** As they are seen, from the top left. */
async function seenOrder(page: Page): Promise<string[]> {
  const boxes = await widgets(page).evaluateAll((sections) =>
    sections.map((section) => {
      const { top, left } = section.getBoundingClientRect();
      return { name: section.getAttribute('aria-label') ?? '', top, left };
    }),
  );
  return boxes.toSorted((a, b) => a.top - b.top || a.left - b.left).map(({ name }) => name);
}
const FIRST = ['Upcoming events', 'Overdue and missing', 'Utilisation', 'Recent activity'];

test('a planner arranges, switches and finds the same on another device', async ({ browser }) => {
  const open = async () => browser.newContext({ baseURL: stack.url, ...desktopView });
  const desk = await signIn(await open(), stack.url, 'Jana');
  const { page } = desk;

  await test.step('counted from what is on the device', async () => {
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect(widgets(page)).toHaveCount(4);
    expect(await seenOrder(page)).toEqual(FIRST);
    await expect(page.getByRole('img', { name: /Share of the stock/ }).locator('canvas')).toBeVisible();
    await shoot(page, 'dashboard');
    const upcoming = widgets(page).filter({ hasText: 'Upcoming events' });
    const [{ count } = { count: -1 }] = await stack.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM events WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')
         AND deleted_at IS NULL AND status IN ('option', 'confirmed', 'in_prep')
         AND load_at >= now() AND load_at < now() + interval '14 days'`,
    );
    expect(count).toBeGreaterThan(0);
    await expect(upcoming.getByRole('listitem')).toHaveCount(count);
  });

  await test.step('the chart is a table on request', async () => {
    await page.getByRole('button', { name: 'As a table' }).click();
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(15);
    await shoot(page, 'dashboard-table');
    await page.getByRole('button', { name: 'As a chart' }).click();
  });

  await test.step('arranged with the keyboard alone; Escape puts back', async () => {
    await page.getByRole('button', { name: 'Arrange' }).focus();
    await page.keyboard.press('Enter');
    const handle = page.getByRole('button', { name: 'Move Recent activity' });
    await handle.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByText('Recent activity, place 2 of 4')).toBeAttached();
    await shoot(page, 'dashboard-lifted');
    await page.keyboard.press('Escape');
    await expect(page.getByText('Recent activity put back to place 4 of 4')).toBeAttached();
    expect(await seenOrder(page)).toEqual(FIRST);
    await page.keyboard.press('Space');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await expect(handle).toBeFocused();
    expect((await seenOrder(page))[0]).toBe('Recent activity');
  });

  await test.step('and with the mouse', async () => {
    await page.setViewportSize({ width: 1440, height: 1800 });
    const handle = page.getByRole('button', { name: 'Move Overdue and missing' });
    const target = await page.getByRole('region', { name: 'Recent activity' }).boundingBox();
    const from = await handle.boundingBox();
    if (target === null || from === null) throw new Error('nothing to drag');
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(target.x + 60, target.y + 20, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await seenOrder(page))[0]).toBe('Overdue and missing');
    await page.setViewportSize(desktopView.viewport);
  });

  await test.step('another layout, and back', async () => {
    await page.getByRole('button', { name: 'New layout' }).click();
    await expect(page.getByText('Nothing on this layout yet')).toBeVisible();
    await page.getByLabel('Name of this layout').fill('Returns');
    await page.getByLabel('Name of this layout').press('Enter');
    await page
      .getByRole('group', { name: 'Add' })
      .getByRole('button', { name: 'Overdue and missing' })
      .click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(widgets(page)).toHaveCount(1);
    await page.getByRole('radio', { name: 'My overview' }).check({ force: true });
    await expect(widgets(page)).toHaveCount(4);
    await shoot(page, 'dashboard-two-layouts');
  });

  const other = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Jana',
  );
  await test.step('the other device of the same person has them', async () => {
    await other.page.goto('/dashboard');
    await expect(other.page.getByRole('radio', { name: 'Returns' })).toBeAttached();
    await expect.poll(async () => (await seenOrder(other.page))[0]).toBe('Overdue and missing');
    await shoot(other.page, 'phone-dashboard');
  });

  await test.step('without signal it counts and is arranged all the same, and comes together later', async () => {
    await untilOpensOffline(desk);
    await desk.context.setOffline(true);
    await page.reload();
    await expect(widgets(page)).toHaveCount(4);
    await page.getByRole('button', { name: 'Arrange' }).click();
    await page.getByRole('button', { name: 'Take Utilisation away' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(widgets(page)).toHaveCount(3);
    await page.reload();
    await expect(widgets(page)).toHaveCount(3);
    await expect(widgets(other.page)).toHaveCount(4);
    await desk.context.setOffline(false);
    await expect(widgets(other.page)).toHaveCount(3);
  });

  await test.step('nobody else has them', async () => {
    const miriam = await signIn(await open(), stack.url, 'Miriam');
    await miriam.page.goto('/dashboard');
    await expect(widgets(miriam.page)).toHaveCount(4);
    await expect(miriam.page.getByRole('radio')).toHaveCount(0);
    for (const theme of ['light', 'contrast']) {
      await miriam.page.evaluate((name) => localStorage.setItem('eventkit.theme', name), theme);
      await miriam.page.reload();
      await expect(miriam.page.locator('canvas')).toBeVisible();
      await shoot(miriam.page, `dashboard-${theme}`);
    }
    await speakGerman(miriam);
    await miriam.page.goto('/dashboard');
    await expect(miriam.page.getByRole('heading', { name: 'Übersicht' })).toBeVisible();
    await miriam.page.getByRole('button', { name: 'Anordnen' }).click();
    await shoot(miriam.page, 'dashboard-de');
  });
});

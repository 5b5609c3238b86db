import { expect, test } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('an admin sees who changed what, and narrows it to one kind', async ({ browser }, info) => {
  await stack.query(`UPDATE vehicles SET name = name || ' (new)' WHERE tenant_id =
    (SELECT id FROM tenants WHERE slug = 'nordlicht')`);
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const { page } = await signIn(context, stack.url, 'Miriam');
  await page.goto('/more');
  await page.getByRole('link', { name: 'Who changed what' }).click();
  await expect(page.getByText('EventKit itself').first()).toBeVisible();
  await page.screenshot({ path: info.outputPath('all.png') });
  await page.getByLabel('Changes of').selectOption({ label: 'Vehicle' });
  const changed = page.getByRole('listitem').filter({ hasText: '(new)' }).first();
  await expect(changed.getByText('changed', { exact: true })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Piece' })).toHaveCount(0);
  await page.screenshot({ path: info.outputPath('vehicles.png') });
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Wer was geändert hat' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('phone.png') });
});

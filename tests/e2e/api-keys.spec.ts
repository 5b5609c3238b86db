import { postRpc } from '@eventkit/api/testing/post-rpc.ts';
import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('an admin makes a key for a program, reads it once, and ends it', async ({ browser }, info) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const { page } = await signIn(context, stack.url, 'Miriam');
  await page.goto('/more');
  await page.getByRole('link', { name: 'Keys for programs' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
  await page.screenshot({ path: info.outputPath('empty.png') });
  await page.getByRole('button', { name: 'New key' }).press('Enter');
  await page.getByRole('button', { name: 'Make the key' }).press('Enter');
  await expect(page.getByText('Say what it is for')).toBeVisible();
  await expect(page.getByText('Choose at least one.')).toBeVisible();
  await page.getByLabel('What is it for?').fill('Website: what is free');
  await page.getByLabel('See products, pieces and where they are').press('Space');
  await page.screenshot({ path: info.outputPath('sheet.png') });
  await page.getByRole('button', { name: 'Make the key' }).press('Enter');
  const secret = await page.getByRole('textbox', { name: 'The key' }).inputValue();
  await page.screenshot({ path: info.outputPath('secret.png') });
  await page.getByRole('button', { name: 'I have it' }).press('Enter');
  expect(await codeOf('InventoryService/ListProducts', secret)).toBe(200);
  expect(await codeOf('ScanningService/ListOpenConflicts', secret)).toBe(403);

  await page.reload();
  await page.getByText('Website: what is free').click();
  await expect(page.getByText('See products, pieces and where they are')).toBeVisible();
  await expect(page.getByText(/last used/)).toBeVisible();
  await page.screenshot({ path: info.outputPath('list.png') });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: info.outputPath('phone.png') });
  const end = page.getByRole('button', { name: 'End this key' });
  await end.focus();
  await page.keyboard.down('Enter');
  await expect(page.getByRole('heading', { name: 'Ended' })).toBeVisible();
  await page.keyboard.up('Enter');
  expect(await codeOf('InventoryService/ListProducts', secret)).toBe(401);
  await page.evaluate(() => localStorage.setItem('eventkit.language', 'de'));
  await page.reload();
  await page.getByText('Website: what is free').click();
  await page.screenshot({ path: info.outputPath('ended.png') });
});

async function codeOf(rpc: string, secret: string): Promise<number> {
  return (await postRpc(stack.url, rpc, { bearer: secret })).status;
}

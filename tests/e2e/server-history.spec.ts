import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('the history of a thing names who left once the server was asked, and says why it cannot be', async ({
  browser,
}) => {
  const [moved] = await stack.query<{ assetId: string; userId: string; name: string }>(
    `SELECT m.asset_id AS "assetId", u.id AS "userId", u.name FROM movements m JOIN users u ON u.id = m.recorded_by
      WHERE m.tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht') AND u.name NOT LIKE 'Jana%' LIMIT 1`,
  );
  if (!moved) throw new Error('nobody but Jana moved anything');
  await stack.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [moved.userId]);

  const context = await browser.newContext({ baseURL: stack.url, serviceWorkers: 'block' });
  const { page } = await signIn(context, stack.url, 'Jana');
  await page.route('**/ListMovements', (route) => route.abort());
  await page.goto(`/assets/${moved.assetId}`);
  await expect(page.getByText('somebody').first()).toBeVisible();
  await page.getByRole('button', { name: 'Older history from the server' }).click();
  await expect(page.getByText('The server did not answer')).toBeVisible();

  await page.unroute('**/ListMovements');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByText('the server knows nothing older')).toBeVisible();
  await expect(page.getByText(moved.name).first()).toBeVisible();
  await expect(page.getByText('somebody')).toHaveCount(0);

  await page.goto(`/assets/${moved.assetId}`);
  await context.setOffline(true);
  await expect(page.getByText('It can be fetched when there is signal')).toBeVisible();
});

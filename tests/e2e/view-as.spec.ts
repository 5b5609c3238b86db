import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/* An admin looks at the app as somebody of another role sees it: less is offered, the server is not fooled, a way out. */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('an admin sees the app as who only reads, and comes back', async ({ browser }) => {
  const { page } = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Miriam',
  );
  const banner = page.getByRole('status').filter({ hasText: 'Seen as Read-only' });
  const scanning = page.locator('a[href$="/scan"], a[href="/check-in"], a[href="/pack"]');
  await page.goto('/roles');
  const section = page.getByRole('region', { name: 'See the app as a role' });
  await section.getByLabel('Role').selectOption('Read-only');
  await section.scrollIntoViewIfNeeded();
  await shoot(page, 'phone-view-as');
  await section.getByRole('button', { name: 'Look' }).press('Enter');

  await expect(banner).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the pull list' })).toBeVisible();
  await expect(scanning).toHaveCount(0);
  await shoot(page, 'phone-seen-as');
  await page.getByRole('link', { name: 'More' }).click();
  await expect(page.getByRole('link', { name: 'Your profile' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0);

  const rights = await page.evaluate(async () => {
    const answer = await fetch('/eventkit.v1.AuthService/GetMe', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return ((await answer.json()) as { permissions: string[] }).permissions;
  });
  expect(rights).toContain('users:manage');

  await banner.getByRole('button', { name: 'Back to your own role' }).press('Enter');
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'People' })).toBeVisible();
});

import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/* What people change of themselves, from end to end: name and language, and the browser that they left signed in. */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const HELD_MS = 1200;

test('somebody changes name and language, and signs out the browser they left somewhere', async ({
  browser,
}) => {
  const left = await signIn(await browser.newContext({ baseURL: stack.url }), stack.url, 'Jana');
  const { page } = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Jana',
  );
  await page.goto('/more');
  await page.getByRole('link', { name: 'Your profile' }).focus();
  await page.keyboard.press('Enter');
  const sessions = page.getByRole('region', { name: 'Signed in' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await shoot(page, 'phone-profile');

  await test.step('a name without a letter is refused at its field', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('   ');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('A name in one line is needed.')).toBeVisible();
  });

  await test.step('the other browser is signed out', async () => {
    const end = sessions.getByRole('button', { name: 'Hold to sign out' });
    await end.scrollIntoViewIfNeeded();
    await end.click({ delay: HELD_MS });
    await expect(sessions.getByRole('listitem')).toHaveCount(1);
    await expect(sessions.getByRole('listitem')).toContainText('this one');
    await left.page.goto('/people');
    expect(
      (await left.page.request.get('/eventkit.v1.AuthService/GetMe?encoding=json&message={}')).status(),
    ).toBe(401);
  });

  await test.step('name and language are theirs', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Jana Neu');
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Eigenes Profil' })).toBeVisible();
    await expect(page.getByRole('status').getByText('Gespeichert')).toBeVisible();
    await shoot(page, 'phone-profile-de');
    await page.setViewportSize(desktopView.viewport);
    await shoot(page, 'profile-de');
    expect(await stack.query(`SELECT locale FROM users WHERE name = 'Jana Neu'`)).toEqual([{ locale: 'de' }]);
  });
});

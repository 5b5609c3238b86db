import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, signIn } from './device.ts';
import { phone, speakGerman } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * Who may do what, from end to end: an admin makes a role that does not scan, invites somebody with it, and that person
 * signs in and is not offered scanning. Shut out, they are signed out.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const HELD_MS = 1200;

test('an admin invites somebody who does not scan, and shuts them out again', async ({ browser }) => {
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Miriam',
  );

  await test.step('a role of the company’s own, made with the keyboard alone', async () => {
    await miriam.page.goto('/more');
    await miriam.page.getByRole('link', { name: 'Roles' }).focus();
    await miriam.page.keyboard.press('Enter');
    await expect(miriam.page.getByRole('columnheader', { name: /^Warehouse/ })).toBeVisible();
    await shoot(miriam.page, 'roles-built-in');
    await miriam.page.getByRole('button', { name: 'New role' }).focus();
    await miriam.page.keyboard.press('Enter');
    await miriam.page.getByLabel('Name of the role').fill('Office');
    const right = (name: string) => miriam.page.getByRole('checkbox', { name });
    await right('See products, pieces and where they are').focus();
    await miriam.page.keyboard.press('Space');
    await expect(right('See products, pieces and where they are')).toBeChecked();
    await right('See events and pull lists').check();
    await shoot(miriam.page, 'role-new');
    await miriam.page.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(miriam.page.getByRole('button', { name: 'Change Office' })).toBeVisible();
    const events = miriam.page.getByRole('row', { name: /^See events and pull lists/ });
    await expect(events.getByRole('cell').last()).toContainText('yes');
    await shoot(miriam.page, 'roles');
  });

  await test.step('somebody is invited with it; the text is there to be handed over', async () => {
    await miriam.page.goto('/people');
    await expect(miriam.page.getByRole('listitem').filter({ hasText: 'Jana' })).toBeVisible();
    await miriam.page.getByRole('button', { name: 'Invite' }).click();
    const sheet = miriam.page.getByRole('dialog', { name: 'Invite somebody' });
    await sheet.getByRole('button', { name: 'Invite' }).click();
    await expect(sheet.getByText('A name in one line is needed.')).toBeVisible();
    await expect(sheet.getByText('That is no e-mail address.')).toBeVisible();
    await sheet.getByLabel('Name').fill('Olga Office');
    await sheet.getByLabel('E-mail address').fill('Olga@Nordlicht.test');
    await sheet.getByLabel('Role').selectOption('Office');
    await shoot(miriam.page, 'invite');
    await sheet.getByRole('button', { name: 'Invite' }).click();
    await expect(sheet.getByLabel('Text of the invitation')).toHaveValue(/sign in with olga@nordlicht\.test/);
    await shoot(miriam.page, 'invited');
    await sheet.getByRole('button', { name: 'Done' }).click();
    await expect(miriam.page.getByRole('listitem').filter({ hasText: 'Olga Office' })).toContainText(
      'not signed in yet',
    );
    await shoot(miriam.page, 'people');
  });

  const olga = await test.step('that person signs in, and is not offered scanning', async () => {
    const device = await signIn(await browser.newContext(phone(stack)), stack.url, 'Olga Office');
    const scanning = device.page.locator('a[href$="/scan"], a[href="/check-in"], a[href="/pack"]');
    await expect(device.page.getByRole('link', { name: 'Open the pull list' })).toBeVisible();
    await expect(scanning).toHaveCount(0);
    await shoot(device.page, 'office-today');
    await device.page.getByRole('link', { name: 'Open the pull list' }).click();
    await expect(device.page.getByRole('link', { name: 'Trucks' })).toBeVisible();
    await expect(scanning).toHaveCount(0);
    await device.page.goto('/more');
    await expect(device.page.getByRole('link', { name: 'Events' })).toBeVisible();
    await expect(scanning).toHaveCount(0);
    await device.page.goto('/people');
    await expect(device.page.getByText('For admins')).toBeVisible();
    await device.page.goto('/check-in');
    await expect(device.page.getByText('This role does not scan')).toBeVisible();
    await shoot(device.page, 'office-check-in');
    return device;
  });

  await test.step('shut out, they are signed out, and their role can go once it is given away', async () => {
    await openPerson(miriam, 'Olga Office');
    await shoot(miriam.page, 'edit');
    await holdButton(miriam, /^Hold to deactivate/);
    await expect(miriam.page.getByRole('listitem').filter({ hasText: 'Olga Office' })).toHaveCount(0);
    const sessions = `SELECT s.user_id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = 'olga@nordlicht.test'`;
    expect(await stack.query(sessions)).toEqual([]);
    await miriam.page.getByText('Deactivated', { exact: true }).click();
    await openPerson(miriam, 'Olga Office');
    await miriam.page.getByLabel('Role').selectOption('Crew');
    await miriam.page.getByRole('button', { name: 'Save' }).click();
    await expect(miriam.page.getByRole('dialog')).toHaveCount(0);
    await miriam.page.goto('/roles');
    await miriam.page.getByRole('button', { name: 'Change Office' }).click();
    await holdButton(miriam, /^Hold to delete/);
    await expect(miriam.page.getByRole('button', { name: 'Change Office' })).toHaveCount(0);
  });
  await olga.context.close();
});

test('people and roles on a phone, by daylight, in German and without signal', async ({ browser }) => {
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Miriam',
  );
  await miriam.page.evaluate(() => navigator.serviceWorker.ready);
  await miriam.page.goto('/people');
  await expect(miriam.page.getByRole('listitem').filter({ hasText: 'Jana' })).toBeVisible();
  await shoot(miriam.page, 'phone-people');
  await openPerson(miriam, 'Miriam');
  await expect(miriam.page.getByText('Another admin can change your role.')).toBeVisible();
  await expect(miriam.page.getByLabel('Role')).toBeDisabled();
  await shoot(miriam.page, 'phone-edit-self');
  await miriam.page.keyboard.press('Escape');
  await miriam.page.getByRole('searchbox').fill('jana');
  await expect(miriam.page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await miriam.page.getByRole('searchbox').fill('nobody at all');
  await expect(miriam.page.getByText('Nobody here is called that.')).toBeVisible();
  await shoot(miriam.page, 'phone-none');

  await speakGerman(miriam);
  await miriam.page.goto('/more');
  await miriam.page.getByText('Tageslicht', { exact: true }).click();
  await shoot(miriam.page, 'phone-more-de');
  await miriam.page.goto('/roles');
  await expect(miriam.page.getByRole('columnheader', { name: /^Lager/ })).toBeVisible();
  await shoot(miriam.page, 'phone-roles-de');
  await miriam.page.getByRole('button', { name: 'Neue Rolle' }).click();
  await shoot(miriam.page, 'phone-role-de');
  await miriam.page.keyboard.press('Escape');
  await miriam.context.setOffline(true);
  await miriam.page.goto('/people');
  await expect(miriam.page.getByText('Das weiß nur der Server')).toBeVisible();
  await shoot(miriam.page, 'phone-offline-de');
});

async function openPerson({ page }: Device, name: string): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function holdButton({ page }: Device, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  await button.click({ delay: HELD_MS });
}

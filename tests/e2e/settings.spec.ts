import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn } from './device.ts';
import { phone, speakGerman } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * What a company sets, from end to end: found by keyboard, refused at the field, saved, and never written over what
 * somebody else has changed meanwhile.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('an admin changes the settings while another one does', async ({ browser }) => {
  const open = async () => browser.newContext({ baseURL: stack.url, ...desktopView });
  const { page } = await signIn(await open(), stack.url, 'Miriam');
  const status = page.getByRole('form').or(page.locator('form')).getByRole('status').last();

  await test.step('found with the keyboard alone', async () => {
    await page.goto('/more');
    await page.getByRole('link', { name: 'Company settings' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Name of the company')).not.toHaveValue('');
    await expect(status).toHaveText('Nothing changed');
    await shoot(page, 'settings');
  });

  await test.step('what is wrong is told at the fields, all at once, and nothing is saved', async () => {
    await page.getByLabel('Country').selectOption('Austria');
    await page.getByLabel('VAT id').fill('ATU13585628');
    await page.getByLabel('Quotes').fill('QU-{YYYY}');
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('That is no VAT id of this country.')).toBeVisible();
    await expect(page.getByLabel('VAT id')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('VAT id')).toBeFocused();
    await expect(page.getByText(/^Exactly one counter such as/)).toBeVisible();
    await expect(status).toHaveText('2 changes not saved');
    await page.getByLabel('VAT id').scrollIntoViewIfNeeded();
    await shoot(page, 'settings-refused');
    await page.getByLabel('Quotes').scrollIntoViewIfNeeded();
    await shoot(page, 'settings-refused-below');
  });

  await test.step('nobody leaves with something unsaved and does not know it', async () => {
    await page.getByRole('link', { name: 'Today' }).first().click();
    await expect(page.getByRole('dialog', { name: 'Changes are not saved' })).toBeVisible();
    await shoot(page, 'settings-leave');
    await page.getByRole('button', { name: 'Stay here' }).click();
    await expect(page.getByLabel('VAT id')).toHaveValue('ATU13585628');
  });

  await test.step('put right it is saved, and a pattern shows what comes of it', async () => {
    await page.getByLabel('VAT id').fill('ATU13585627');
    await page.getByLabel('Quotes').fill('Nord-{YY}-{00000}');
    await expect(page.getByText(/^For example Nord-\d\d-00042$/)).toBeVisible();
    await page.getByRole('textbox', { name: 'People' }).fill('2');
    await expect(page.getByText(/the limit is reached/)).toBeVisible();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(status).toHaveText('Saved');
    await shoot(page, 'settings-saved');
  });

  await test.step('of two who change at once the second is told, and loses nothing', async () => {
    const other = await signIn(await open(), stack.url, 'Miriam');
    await other.page.goto('/settings');
    await other.page.getByLabel('Name of the sender').fill('Dispatch');
    await page.getByLabel('Name of the sender').fill('Office');
    await page.getByLabel('Address').fill('Hafenstraße 1\n1020 Wien');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(status).toHaveText('Saved');
    await other.page.getByLabel('How long deleted things can be brought back').fill('60 days');
    await other.page.getByRole('button', { name: 'Save' }).click();
    await expect(other.page.getByText(/has changed the settings meanwhile$/)).toBeVisible();
    await expect(other.page.getByLabel('Address')).toHaveValue('Hafenstraße 1\n1020 Wien');
    await expect(other.page.getByLabel('Name of the sender')).toHaveValue('Dispatch');
    await expect(other.page.getByText(/has set: Office$/)).toBeVisible();
    await shoot(other.page, 'settings-meanwhile');
    await other.page.getByRole('button', { name: 'Save' }).click();
    await expect(other.page.getByText('Saved', { exact: true })).toBeVisible();
    const kept = `SELECT mail_sender_name, trash_days, address FROM tenants WHERE slug = 'nordlicht'`;
    expect(await stack.query(kept)).toEqual([
      { mail_sender_name: 'Dispatch', trash_days: 60, address: 'Hafenstraße 1\n1020 Wien' },
    ]);
    await other.context.close();
  });
});

test('settings on a phone, in German, without signal, and for others', async ({ browser }) => {
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Miriam',
  );
  await speakGerman(miriam);
  await miriam.page.evaluate(() => navigator.serviceWorker.ready);
  await miriam.page.goto('/settings');
  await expect(miriam.page.getByLabel('Name der Firma')).not.toHaveValue('');
  await shoot(miriam.page, 'phone-settings-de');
  await miriam.page.getByText('Wochen beginnen am').scrollIntoViewIfNeeded();
  await shoot(miriam.page, 'phone-settings-region-de');
  await miriam.page.getByLabel('Fotos und Dateien, in MB').fill('0');
  await miriam.page.getByRole('button', { name: 'Speichern' }).click();
  await expect(miriam.page.getByText('Eine Zahl ab 1, oder nichts.')).toBeVisible();
  await shoot(miriam.page, 'phone-settings-quota-de');
  await miriam.context.setOffline(true);
  await expect(miriam.page.getByText('Das Eingegebene bleibt hier.')).toBeAttached();
  await expect(miriam.page.getByLabel('Fotos und Dateien, in MB')).toHaveValue('0');

  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  await jana.page.goto('/settings');
  await expect(jana.page.getByText('Your role does not change what the company has set.')).toBeVisible();
});

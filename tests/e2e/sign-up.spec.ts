import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type MailServer, startMailServer } from '@eventkit/api/testing/start-mail-server.ts';
import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * A company that nobody knows asks to be let in, confirms its address, waits, is approved at the operator's command line, and
 * its first administrator signs in and finds an empty company.
 */

let stack: RunningStack;
let mails: MailServer;
test.beforeAll(async () => {
  mails = await startMailServer();
  stack = await startRunningStack({
    assetCount: 200,
    environment: { EVENTKIT_SIGN_UP: 'approval', SMTP_URL: mails.url, MAIL_FROM: 'rental@example.com' },
  });
});
test.afterAll(async () => {
  await stack.dispose();
  await mails.stop();
});

/** Mail goes off with the jobs, which come round once a minute. */
const MAIL_MS = 90_000;

test('a company signs itself up and is let in', async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ baseURL: stack.url, ...phoneView, locale: 'de-AT' });
  const page = await context.newPage();
  await page.goto('/auth/sign-up');
  await shoot(page, 'sign-up-form');
  await page.getByLabel('Firma').fill('Nοrdwind');
  await page.getByLabel('Eigener Name').fill('Lea Huber');
  await page.getByLabel('Eigene E-Mail-Adresse').fill('lea@nordwind.example');
  await page.getByLabel('Währung').selectOption('CHF');
  await page.getByRole('button', { name: 'Anfrage senden' }).click();
  await expect(page.getByText('Höchstens 100 Zeichen in einer Schrift, mit')).toBeVisible();
  await expect(page.getByLabel('Währung')).toHaveValue('CHF');
  await shoot(page, 'sign-up-fault');
  await page.getByLabel('Firma').fill('Nordwind');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'E-Mail ist unterwegs' })).toBeVisible();
  await shoot(page, 'sign-up-sent');

  await expect.poll(() => mails.mails.length, { timeout: MAIL_MS }).toBe(1);
  const link =
    /\/auth\/sign-up\/[\w.-]+/.exec(mails.mails[0]?.source.replaceAll(/=\r?\n/g, '') ?? '')?.[0] ?? '';
  await page.goto(link);
  await shoot(page, 'sign-up-confirm');
  await page.getByRole('button', { name: 'Bestätigen' }).click();
  await expect(page.getByRole('heading', { name: 'Die Firma wird geprüft' })).toBeVisible();
  await shoot(page, 'sign-up-waiting');

  const { signUps } = JSON.parse(await eventkit('list', '--json'));
  expect(signUps).toMatchObject([{ name: 'Nordwind', state: 'waiting' }]);
  await eventkit('approve', '--id', signUps[0].id);
  await expect.poll(() => mails.mails.length, { timeout: MAIL_MS }).toBe(2);
  expect(mails.mails[1]?.to).toEqual(['lea@nordwind.example']);

  await page.goto(link);
  await page.getByRole('link', { name: 'Stattdessen anmelden' }).click();
  await page.getByRole('button', { name: /Lea Huber lea@nordwind/ }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible({ timeout: 60_000 });
  await shoot(page, 'sign-up-empty-company');

  const english = await browser.newContext({ baseURL: stack.url, ...desktopView, locale: 'en-GB' });
  const desktop = await english.newPage();
  await desktop.goto('/auth/sign-up');
  await expect(desktop.getByRole('heading', { name: 'Sign up your company' })).toBeVisible();
  await shoot(desktop, 'sign-up-desktop');
});

async function eventkit(...args: readonly string[]): Promise<string> {
  const main = join(import.meta.dirname, '../../cli/src/main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[main, 'tenants', ...args],
    ...['--data', stack.dataDir],
  ]);
  return stdout;
}

import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { signIn, untilAllSent } from './device.ts';
import { speakGerman, TENANT } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * What people type of times, days and durations, as they say it: shown as understood while they type, refused at the
 * field where it could be something else, and in the zone that they read times in. Stored in UTC.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

/** The return of the event, in UTC to the minute. */
async function returnOf(id: string): Promise<string> {
  const [row] = await stack.query<{ at: string }>(
    `SELECT to_char(return_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at FROM events WHERE id = '${id}'`,
  );
  return row?.at ?? '';
}

test('a planner types times as they say them', async ({ browser }) => {
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE tenant_id = (SELECT id FROM tenants WHERE slug = '${TENANT}')
       AND status = 'confirmed' ORDER BY load_at LIMIT 1`,
  );
  const id = event?.id ?? '';
  const device = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView, timezoneId: 'America/New_York' }),
    stack.url,
    'Miriam',
  );
  const { page } = device;
  await page.goto(`/events/${id}/edit`);
  const back = page.getByLabel('Return', { exact: true });

  await test.step('in the zone of the company, whatever that of the device is', async () => {
    await back.fill('15 jan 2030, 8 pm');
    await expect(page.getByText(/^Tue,? 15 Jan 2030,? 20:00 · not saved yet/)).toBeVisible();
    await shoot(page, 'typed-time');
    await page.keyboard.press('Enter');
    await expect(back).toHaveValue('15 Jan 2030 20:00');
    await untilAllSent(device, 10_000);
    await expect.poll(() => returnOf(id)).toBe('2030-01-15 19:00');
  });

  await test.step('a time alone is of the day that stands, a day alone keeps the time', async () => {
    await back.fill('22:15');
    await page.keyboard.press('Enter');
    await expect(back).toHaveValue('15 Jan 2030 22:15');
    await back.fill('16/1/2030');
    await page.keyboard.press('Enter');
    await expect(back).toHaveValue('16 Jan 2030 22:15');
  });

  await test.step('what could be two days is refused in words, and nothing is saved', async () => {
    await back.fill('3/4/2030 14:00');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^That could be two days\./)).toBeVisible();
    await expect(back).toHaveAttribute('aria-invalid', 'true');
    await shoot(page, 'typed-time-refused');
    await back.focus();
    await page.keyboard.press('Escape');
    await expect(back).toHaveValue('16 Jan 2030 22:15');
    await untilAllSent(device, 10_000);
    await expect.poll(() => returnOf(id)).toBe('2030-01-16 21:15');
  });

  await test.step('who lives elsewhere reads and types times as they are there', async () => {
    await page.goto('/profile');
    await page.getByText('English', { exact: true }).click();
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').getByText('Saved')).toBeVisible();
    await shoot(page, 'profile-zone');
    await page.goto(`/events/${id}/edit`);
    await expect(back).toHaveValue('17 Jan 2030 06:15');
    await page.goto('/profile');
    await page.getByLabel('Time zone').selectOption('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').getByText('Saved')).toBeVisible();
  });

  await test.step('in German with dots and German words', async () => {
    await speakGerman(device);
    await page.goto(`/events/${id}/edit`);
    const rueck = page.getByLabel('Rückgabe', { exact: true });
    await expect(rueck).toHaveValue('16.01.2030 22:15');
    await page.setViewportSize(phoneView.viewport);
    await rueck.fill('Do 17.1.2030 um 14 Uhr');
    await expect(page.getByText(/17\. .*2030.* 14:00 · noch nicht gespeichert/)).toBeVisible();
    await shoot(page, 'phone-typed-time-de');
    await page.keyboard.press('Enter');
    await expect(rueck).toHaveValue('17.01.2030 14:00');
  });
});

test('how long something lasts is typed as people say it', async ({ browser }) => {
  const { page } = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Miriam',
  );
  await page.goto('/settings');
  const alone = page.getByLabel('How long a device works on alone');
  await expect(alone).toHaveValue('3 days');
  await alone.fill('36h');
  await expect(page.getByText('1 day 12 h')).toBeVisible();
  await shoot(page, 'typed-duration');
  await alone.fill('90 min');
  await alone.blur();
  await expect(page.getByText('Only whole hours count here: 72 h, 3 days.')).toBeVisible();
  await shoot(page, 'typed-duration-refused');
  await alone.fill('1d 12h');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(await stack.query(`SELECT offline_lease_hours FROM tenants WHERE slug = '${TENANT}'`)).toEqual([
    { offline_lease_hours: 36 },
  ]);
  await alone.fill('5 days');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(alone).toHaveValue('1 day 12 h');
});

import { readFile } from 'node:fs/promises';
import { type Browser, expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('what a shut-out device recorded arrives as a file, once', async ({ browser }, info) => {
  const job = await findJob(0);
  const jana = await openPhone(browser, 'Jana');
  await jana.context.setOffline(true);
  await scanOut(jana, job);
  const [own] = await queryDevice<{ id: string }>(
    jana,
    "SELECT value AS id FROM device_state WHERE key = 'device_id'",
  );
  const miriam = await openDesk(browser, 'Miriam');
  await miriam.page.goto('/sync-health');
  const [device] = await stack.query<{ name: string }>('SELECT name FROM devices WHERE id = $1', [own?.id]);
  await miriam.page
    .getByRole('listitem')
    .filter({ hasText: device?.name ?? 'no device' })
    .locator('summary')
    .click();
  await miriam.page.screenshot({ path: info.outputPath('device.png') });
  await miriam.page.getByRole('button', { name: 'Shut this device out' }).focus();
  await miriam.page.keyboard.down('Enter');
  await expect(miriam.page.getByRole('button', { name: 'Let it in again' })).toBeVisible();
  await miriam.page.keyboard.up('Enter');
  await jana.context.setOffline(false);
  await expect(jana.page.getByText('This device was shut out')).toBeVisible({ timeout: 40_000 });

  await jana.page.goto('/outbox');
  await expect(jana.page.getByText('An admin has shut this device out')).toBeVisible();
  await jana.page.screenshot({ path: info.outputPath('revoked.png') });
  const saving = jana.page.waitForEvent('download');
  await jana.page.getByRole('button', { name: 'Save 3 unsent as a file' }).click();
  const file = info.outputPath('unsent.json');
  await (await saving).saveAs(file);
  expect(await movementsOf(job)).toBe(0);

  const choose = miriam.page.locator('input[type=file]');
  await choose.setInputFiles(file);
  await expect(miriam.page.getByText('3 taken in')).toBeVisible();
  expect(await movementsOf(job)).toBe(3);
  await choose.setInputFiles(file);
  await expect(miriam.page.getByText('3 were there already')).toBeVisible();
  expect(await movementsOf(job)).toBe(3);

  const cut = (await readFile(file, 'utf8')).slice(0, -20);
  await choose.setInputFiles({ name: 'cut.json', mimeType: 'application/json', buffer: Buffer.from(cut) });
  await expect(miriam.page.getByText('Nothing was taken')).toBeVisible();
  await miriam.page.screenshot({ path: info.outputPath('health.png'), fullPage: true });

  await miriam.page.getByRole('button', { name: 'Let it in again' }).click();
  await expect(jana.page.getByText('All sent')).toBeVisible({ timeout: 60_000 });
});

test('a storage that was cleared is told on the device and to the admin', async ({ browser }, info) => {
  const job = await findJob(1);
  let emre = await openPhone(browser, 'Emre');
  await emre.context.setOffline(true);
  await scanOut(emre, job);
  emre = await clearStorage(emre);
  await expect(emre.page.getByText(/storage lost, 3 not sent/i)).toBeVisible({ timeout: 60_000 });
  await emre.page.goto('/outbox');
  await expect(emre.page.getByText('The storage of this device was lost')).toBeVisible();
  await emre.page.screenshot({ path: info.outputPath('lost.png') });

  const miriam = await openDesk(browser, 'Miriam');
  await miriam.page.goto('/sync-health');
  await expect(miriam.page.getByText(/Lost its storage on .* with up to 3 scans unsent/)).toBeVisible({
    timeout: 60_000,
  });
  await emre.page.getByRole('button', { name: 'Understood' }).click();
  await expect(emre.page.getByText('The storage of this device was lost')).toBeHidden();
});

test('a device says whether it is ready for the road, and mends what a tap can mend', async ({
  browser,
}, info) => {
  const job = await findJob(2);
  const jana = await openPhone(browser, 'Jana');
  await jana.page.goto(`/events/${job.eventId}`);
  await jana.page.getByRole('link', { name: 'Ready for the road?' }).first().click();
  await expect(jana.page.getByLabel('For this event')).toHaveValue(job.eventId);
  const checks = jana.page.getByRole('list', { name: 'What was checked' });
  await expect(checks.getByRole('listitem')).toHaveCount(6);
  await expect(checks.getByText('It opens without signal.')).toBeVisible({ timeout: 30_000 });
  await expect(checks.getByText(/codes are here/)).toBeVisible();
  await jana.page.screenshot({ path: info.outputPath('ready.png') });

  await jana.page.goto('/more');
  await jana.page.getByRole('switch').click();
  await expect(jana.page.getByRole('switch')).toBeChecked();
  await jana.page.goto(`/ready?event=${job.eventId}`);
  await expect(checks.getByText('You hold this device offline. 0 not sent.')).toBeVisible();
  await checks.getByRole('button', { name: 'Go online' }).click();
  await expect(checks.getByText('Everything has been sent.')).toBeVisible();
});

type Job = {
  readonly eventId: string;
  readonly codes: readonly string[];
  readonly assetIds: readonly string[];
};

async function openPhone(browser: Browser, person: string): Promise<Device> {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const device = await signIn(context, stack.url, person);
  await untilOpensOffline(device);
  return device;
}

async function openDesk(browser: Browser, person: string): Promise<Device> {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  return signIn(context, stack.url, person);
}

async function scanOut(device: Device, { eventId, codes }: Job): Promise<void> {
  await device.page.goto(`/events/${eventId}/scan`);
  await expect(device.page.getByText('Scan the first thing')).toBeVisible();
  for (const code of codes) await scan(device, code, /^(ok|wrong_event)$/);
}

/** The browser clears the file storage of the app and leaves the small texts, as it does when room runs short. */
async function clearStorage({ context, page }: Device): Promise<Device> {
  const next = await context.newPage();
  await page.close();
  const session = await context.newCDPSession(next);
  const storageTypes = 'file_systems,cache_storage,service_workers,indexeddb';
  await session.send('Storage.clearDataForOrigin', { origin: new URL(stack.url).origin, storageTypes });
  await context.setOffline(false);
  await next.goto(stack.url);
  return { context, page: next };
}

/** Three units in stock that an event of the company asks for; other events and units for each test. */
async function findJob(number: number): Promise<Job> {
  const [event] = await stack.query<{ id: string; tenant_id: string }>(
    `SELECT e.id, e.tenant_id FROM events e JOIN tenants t ON t.id = e.tenant_id
     WHERE t.slug = 'nordlicht' AND e.status IN ('confirmed', 'in_prep') AND e.return_at > now()
     ORDER BY e.load_at, e.id LIMIT 1 OFFSET $1`,
    [number],
  );
  const units = await stack.query<{ id: string; code: string }>(
    `SELECT id, code FROM assets WHERE tenant_id = $1 AND status = 'in_service' AND place_kind = 'location'
       AND NOT is_case ORDER BY code LIMIT 3 OFFSET $2`,
    [event?.tenant_id, number * 3],
  );
  return {
    eventId: event?.id ?? '',
    codes: units.map(({ code }) => code),
    assetIds: units.map(({ id }) => id),
  };
}

/** How often the units of the job were scanned out to its event, by the server's ledger. */
async function movementsOf({ eventId, assetIds }: Job): Promise<number> {
  const rows = await stack.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM movements WHERE to_id = $1 AND asset_id = ANY($2)',
    [eventId, assetIds],
  );
  return rows[0]?.count ?? 0;
}

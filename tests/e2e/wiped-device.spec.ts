import { type Browser, expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;

test('a device is collected, then wiped: its data is gone, its scans lie in review, and nothing is lost', async ({
  browser,
}, info) => {
  const jana = await openPhone(browser, 'Jana');
  const { id, name } = await workOffline(jana, 0, 3);
  const miriam = await openDesk(browser);
  await choose(miriam.page, name, 'Collect, then wipe this device');
  await expect(miriam.page.getByText(/^To be collected and wiped: ordered/)).toBeVisible();
  await miriam.page.getByRole('button', { name: 'Take the order back' }).click();
  await expect(miriam.page.getByText(/^To be collected and wiped: ordered/)).toBeHidden();
  await hold(miriam.page, 'Collect, then wipe this device');
  await expect(miriam.page.getByText('The device has not been heard since.')).toBeVisible();
  await miriam.page.screenshot({ path: info.outputPath('ordered.png'), fullPage: true });

  await jana.context.setOffline(false);
  await expect(jana.page.getByRole('heading', { name: 'This device was emptied' })).toBeVisible({
    timeout: 60_000,
  });
  await jana.page.screenshot({ path: info.outputPath('wiped.png') });
  expect(await leftOn(jana.page)).toEqual({ files: [], caches: [], texts: [] });

  await expect(miriam.page.getByText(/^Wiped/)).toBeVisible({ timeout: 30_000 });
  await expect(miriam.page.getByText('Nothing was lost with it.')).toBeVisible();
  expect(await countOf(`operations WHERE device_id = '${id}'`)).toBe(0);
  const kept = `unreadable_operations WHERE device_id = '${id}' AND problem = 'device_shut_out'`;
  expect(await countOf(kept)).toBe(3);
  await miriam.page.screenshot({ path: info.outputPath('done.png'), fullPage: true });
  await miriam.page.getByRole('button', { name: /^Take in those of/ }).click();
  await expect(miriam.page.getByText('3 taken in, 0 kept as before')).toBeVisible();
  expect(await countOf(`operations WHERE device_id = '${id}'`)).toBe(3);

  // In other hands it begins as a new device.
  await jana.page.getByRole('button', { name: 'Start anew' }).click();
  await expect(jana.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('the device of somebody who was shut out is wiped at once, its second tab too', async ({ browser }) => {
  const emre = await openPhone(browser, 'Emre');
  const { name } = await workOffline(emre, 3, 2);
  const second = await emre.context.newPage();
  await second.goto('/more');
  await expect(second.getByRole('heading', { name: 'More' })).toBeVisible();
  await stack.query(`UPDATE users SET deactivated_at = now() WHERE ${ofTenant} AND name LIKE 'Emre%'`);
  const miriam = await openDesk(browser);
  await choose(miriam.page, name, 'Wipe this device now');
  await expect(miriam.page.getByText(/^To be wiped: ordered/)).toBeVisible();

  await emre.context.setOffline(false);
  for (const page of [emre.page, second]) {
    await expect(page.getByRole('heading', { name: 'This device was emptied' })).toBeVisible({
      timeout: 60_000,
    });
  }
  expect(await leftOn(emre.page)).toEqual({ files: [], caches: [], texts: [] });
  // Of the others that were wiped, what is said is folded away.
  const wiped = miriam.page.getByText(/^Wiped/).filter({ visible: true });
  await expect(wiped).toHaveCount(1, { timeout: 30_000 });
  await expect(miriam.page.getByText('2 scans or photos were lost with it.')).toBeVisible();
});

async function openPhone(browser: Browser, person: string): Promise<Device> {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const device = await signIn(context, stack.url, person);
  await untilOpensOffline(device);
  return device;
}

async function openDesk(browser: Browser): Promise<Device> {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } });
  const miriam = await signIn(context, stack.url, 'Miriam');
  await miriam.page.goto('/sync-health');
  return miriam;
}

/** Scans units of the stock without signal; answers what the device is called. */
async function workOffline(
  device: Device,
  from: number,
  count: number,
): Promise<{ readonly id: string; readonly name: string }> {
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
       AND place_kind = 'location' ORDER BY code LIMIT ${count} OFFSET ${from}`,
  );
  await device.page.goto(`/events/${event?.id}/scan`);
  await expect(device.page.getByText('Scan the first thing')).toBeVisible();
  const known = (key: string) =>
    queryDevice<{ value: string }>(device, `SELECT value FROM device_state WHERE key = '${key}'`);
  await expect.poll(() => known('lease')).toHaveLength(1);
  await device.context.setOffline(true);
  for (const { code } of units) await scan(device, code, /^(ok|wrong_event)$/);
  const [own] = await known('device_id');
  const [row] = await stack.query<{ name: string }>('SELECT name FROM devices WHERE id = $1', [own?.value]);
  return { id: own?.value ?? '', name: row?.name ?? 'no device' };
}

async function choose(page: Page, device: string, button: string): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: device }).locator('summary').click();
  await hold(page, button);
}

async function hold(page: Page, button: string): Promise<void> {
  const held = page.getByRole('button', { name: button }).locator('visible=true');
  await held.focus();
  await page.keyboard.down('Enter');
  await expect(held).toBeHidden();
  await page.keyboard.up('Enter');
}

/** What the browser still keeps of the company. */
async function leftOn(page: Page) {
  return page.evaluate(async () => {
    const files: string[] = [];
    const root = await navigator.storage.getDirectory();
    // biome-ignore lint/suspicious/noExplicitAny: the types of this side know no iteration of folders
    for await (const name of (root as any).keys()) files.push(name);
    return {
      files: files.filter((name) => name.startsWith('eventkit-')),
      caches: await caches.keys(),
      texts: Object.keys(localStorage).filter((key) => !/\.(theme|language)$/.test(key)),
    };
  });
}

async function countOf(what: string): Promise<number> {
  const [row] = await stack.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${what}`);
  return row?.count ?? 0;
}

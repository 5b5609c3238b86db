import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import {
  type Device,
  killTab,
  queryDevice,
  scan,
  signIn,
  untilAllSent,
  untilOpensOffline,
} from './device.ts';
import { PHONE_SECRETS, phonePicture } from './phone-picture.ts';
import { leastIn } from './pixels.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const jpeg = (buffer: Buffer) => ({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer });

test('a photo of damage taken without signal reaches the others after the scan, upright and without its place', async ({
  browser,
}) => {
  const asset = await anyAsset();
  const janaContext = await browser.newContext({ baseURL: stack.url });
  const emreContext = await browser.newContext({ baseURL: stack.url, serviceWorkers: 'block' });
  let jana = await signIn(janaContext, stack.url, 'Jana');
  const emre = await signIn(emreContext, stack.url, 'Emre');
  await untilOpensOffline(jana);
  const picture = await phonePicture(jana.page);
  expect(picture.includes('Anna Privat')).toBe(true);

  await jana.page.goto('/check-in');
  await janaContext.setOffline(true);
  await scan(jana, asset.code);
  await jana.page.getByRole('button', { name: 'Damaged' }).click();
  await jana.page.getByLabel('Take a photo').setInputFiles(jpeg(picture));
  await expect(jana.page.getByAltText('Photo 1')).toBeVisible();
  await jana.page.getByRole('button', { name: 'Record it as Damaged' }).click();
  await expect(jana.page.locator('[data-outcome]', { hasText: 'Damaged' })).toBeVisible();

  await expectClean(jana);
  // The tab dies; the photo is there all the same, and says that it has not gone.
  jana = await killTab(jana, `${stack.url}/assets/${asset.id}`);
  await expect(jana.page.getByAltText('Open photo 1')).toBeVisible();
  await jana.page.goto('/outbox');
  await expect(jana.page.getByText('1 photo still to go').first()).toBeVisible();

  // The operation goes first and waits for no photo.
  await janaContext.route('**/attachments/*', (route) => route.abort());
  await janaContext.setOffline(false);
  await untilAllSent(jana, 30_000);
  await expect(jana.page.getByText('1 photo still to go').first()).toBeVisible();
  await expect(jana.page.getByRole('status').getByText('1 picture to go')).toBeVisible();
  await emre.page.goto(`/assets/${asset.id}`);
  await expect(emre.page.getByText('not sent yet by its device')).toBeVisible();

  await janaContext.unroute('**/attachments/*');
  await expect(jana.page.getByText('photo still to go')).toHaveCount(0, { timeout: 40_000 });
  await expect(emre.page.getByRole('button', { name: 'Load photo' })).toBeVisible();
  await emreContext.setOffline(true);
  await expect(emre.page.getByText('not on this device', { exact: true })).toBeVisible();
  await emreContext.setOffline(false);
  await emre.page.getByRole('button', { name: 'Load photo' }).click();
  await expectUpright(emre.page);
  await emre.page.getByRole('button', { name: 'Close' }).click();
  await emreContext.setOffline(true);
  await emre.page.getByAltText('Open photo 1').click();
  await expectUpright(emre.page);
});

test('a file that is no picture is said to be none, and the damage is recorded without it', async ({
  browser,
}) => {
  const asset = await anyAsset();
  const context = await browser.newContext({ baseURL: stack.url, serviceWorkers: 'block' });
  const device = await signIn(context, stack.url, 'Jana');
  await device.page.goto(`/assets/${asset.id}`);
  await device.page.getByRole('button', { name: 'Hold back' }).click();
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await device.page
    .getByLabel('From library')
    .setInputFiles([
      { name: 'damage.jpg', mimeType: 'image/jpeg', buffer: script },
      jpeg(await phonePicture(device.page)),
    ]);
  await expect(device.page.getByText('That file is no picture')).toBeVisible();
  await expect(device.page.getByAltText('Photo 1')).toBeVisible();
  await device.page.getByLabel('Why?').fill('lamp flickers');
  await device.page.getByRole('button', { name: 'Hold back' }).last().click();
  await expect(device.page.getByAltText('Open photo 1')).toBeVisible();
  await expect
    .poll(async () => (await stack.query('SELECT 1 FROM attachments WHERE uploaded_at IS NOT NULL')).length)
    .toBeGreaterThan(0);
});

async function anyAsset(): Promise<{ readonly id: string; readonly code: string }> {
  const [asset] = await stack.query<{ id: string; code: string }>(
    `SELECT a.id, a.code FROM assets a JOIN tenants t ON t.id = a.tenant_id
      WHERE t.slug = 'nordlicht' AND a.status = 'in_service' AND a.place_kind = 'event' AND NOT a.is_case
      ORDER BY a.code LIMIT 1`,
  );
  if (!asset) throw new Error('nothing is out');
  return asset;
}

/** What lies on the device is small, upright, and says nothing but what it shows. */
async function expectClean(device: Device): Promise<void> {
  const [kept] = await queryDevice<{ hex: string; width: number; height: number }>(
    device,
    'SELECT hex(bytes) AS hex, width, height FROM attachment_queue',
  );
  const bytes = Buffer.from(kept?.hex ?? '', 'hex');
  expect([kept?.width, kept?.height]).toEqual([1067, 1600]);
  expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  for (const secret of PHONE_SECRETS) expect(bytes.includes(secret)).toBe(false);
}

/** Red is above blue, as the person who took it saw it. */
async function expectUpright(page: Page): Promise<void> {
  const at = (y: number) => ({ x: 533, y, width: 1, height: 1 });
  const { size, least } = await leastIn(page.getByRole('img', { name: 'Photo', exact: true }), [
    at(100),
    at(1500),
  ]);
  expect(size).toEqual([1067, 1600]);
  const [top = [], bottom = []] = least;
  expect(top[0]).toBeGreaterThan(150);
  expect(top[2]).toBeLessThan(60);
  expect(bottom[0]).toBeLessThan(60);
  expect(bottom[2]).toBeGreaterThan(150);
}

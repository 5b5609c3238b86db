import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, signIn, wedge } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
let jana: Device;
test.beforeAll(async ({ browser }) => {
  stack = await startRunningStack({ assetCount: 1000 });
  // Without the service worker the code of each screen comes over the network, where a test can hold it.
  const context = await browser.newContext({
    baseURL: stack.url,
    viewport: { width: 390, height: 844 },
    serviceWorkers: 'block',
  });
  jana = await signIn(context, stack.url, 'Jana');
});
test.afterAll(async () => {
  await jana.context.close();
  await stack.dispose();
});

const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;

async function unitInStock(): Promise<{ id: string; code: string }> {
  const [unit] = await stack.query<{ id: string; code: string }>(
    `SELECT id, code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
       AND place_kind = 'location' ORDER BY code LIMIT 1`,
  );
  if (!unit) throw new Error('no unit in stock');
  return unit;
}

test('a code scanned where nothing scans opens the thing, and from there the shelf', async () => {
  const unit = await unitInStock();
  await jana.page.goto('/');
  await expect(jana.page.getByRole('heading', { level: 1 })).toBeVisible();
  await wedge(jana, unit.code);
  await expect(jana.page).toHaveURL(`/assets/${unit.id}`);
  await expect(jana.page.getByRole('heading', { level: 1 })).toContainText(unit.code);

  const [shelf] = await stack.query<{ id: string; code: string; label: string }>(
    `SELECT s.id, s.code, l.value AS label FROM storage_locations s JOIN labels l ON l.location_id = s.id
      WHERE s.${ofTenant} AND EXISTS (SELECT FROM assets a WHERE a.place_id = s.id) ORDER BY s.code LIMIT 1`,
  );
  await wedge(jana, shelf?.label ?? '');
  await expect(jana.page).toHaveURL(`/find?place=${shelf?.id}`);
  await expect(jana.page.getByRole('region', { name: shelf?.code ?? '' }).getByRole('link')).not.toHaveCount(
    0,
  );
});

test('an unknown code is said to be unknown, and nothing is recorded', async () => {
  await jana.page.goto('/events');
  await expect(jana.page.getByRole('heading', { level: 1 })).toBeVisible();
  await wedge(jana, 'NOBODY-KNOWS-2');
  const toast = jana.page.getByRole('status').filter({ hasText: 'NOBODY-KNOWS-2' });
  await expect(toast).toContainText('No label on this device has this code');
  await expect(jana.page).toHaveURL('/events');
  expect(await queryDevice(jana, 'SELECT 1 FROM own_operations')).toEqual([]);
  await toast.getByRole('button', { name: 'Close' }).click();
  await expect(toast).toHaveCount(0);
});

test('what is scanned while the scan screen is still coming is scanned on it', async () => {
  const unit = await unitInStock();
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const isHeld = Promise.withResolvers<void>();
  const isReleased = Promise.withResolvers<void>();
  await jana.page.route(/event-scan-page/, async (route) => {
    isHeld.resolve();
    await isReleased.promise;
    await route.continue();
  });
  await jana.page.goto(`/events/${event?.id}`);
  await jana.page.getByRole('link', { name: 'Scan out' }).click();
  await isHeld.promise;
  await wedge(jana, unit.code);
  isReleased.resolve();
  await expect(jana.page.locator('[data-outcome]', { hasText: unit.code })).toHaveAttribute(
    'data-outcome',
    /^(ok|wrong_event)$/,
  );
});

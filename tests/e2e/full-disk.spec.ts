import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { queryDevice, scan, signIn, wedge } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('on a full disk a scan is not called done, waits, and goes through when there is room again', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const jana = await signIn(context, stack.url, 'Jana');
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service' AND place_kind = 'location' ORDER BY code LIMIT 2`,
  );
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  await jana.page.goto(`/events/${event?.id}/scan`);
  await expect(jana.page.getByText('Scan the first thing')).toBeVisible();
  const [first, second] = units.map(({ code }) => code) as [string, string];
  await scan(jana, first, /^(ok|wrong_event)$/);
  const before = await recorded();

  const devtools = await context.newCDPSession(jana.page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: stack.url, quotaSize: 1 });
  await wedge(jana, second);
  const alarm = jana.page.getByRole('alert');
  await expect(alarm.getByText(`Storage is full: ${second} was not recorded`)).toBeVisible();
  await expect(alarm).toContainText('Free some space on this device');
  expect(await recorded()).toBe(before);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin: stack.url });
  await alarm.getByRole('button').first().click();
  await expect(jana.page.locator('[data-outcome]', { hasText: second })).toBeVisible();
  expect(await recorded()).toBe(before + 1);

  async function recorded(): Promise<number> {
    const [row] = await queryDevice<{ count: number }>(jana, 'SELECT count(*) AS count FROM own_operations');
    return row?.count ?? -1;
  }
});

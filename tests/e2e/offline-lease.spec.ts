import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

const HOUR = 3_600_000;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('a device that is too long without signal warns, locks, keeps its queue and sends it after a sign-in', async ({
  browser,
}, info) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const jana = await signIn(context, stack.url, 'Jana');
  await untilOpensOffline(jana);
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
       AND place_kind = 'location' ORDER BY code LIMIT 2`,
  );
  await jana.page.goto(`/events/${event?.id}/scan`);
  await expect(jana.page.getByText('Scan the first thing')).toBeVisible();
  await expect.poll(() => leaseOf(jana)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);

  await context.setOffline(true);
  for (const { code } of units) await scan(jana, code, /^(ok|wrong_event)$/);
  const waiting = () => queryDevice<{ state: string }>(jana, 'SELECT state FROM outbox ORDER BY sequence');
  expect(await waiting()).toHaveLength(2);

  // From here on time is the test's; the keys of a scanner come in real time.
  await context.clock.install();
  await jana.page.reload();
  await expect(jana.page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
  // The session ends meanwhile: signal alone is not enough.
  await stack.query('DELETE FROM sessions');
  await jana.page.clock.fastForward(61 * HOUR);
  await expect(jana.page.getByText(/^Locks .* without signal$/)).toBeVisible();
  await jana.page.screenshot({ path: info.outputPath('warning.png') });

  await jana.page.clock.fastForward(11 * HOUR);
  await expect(jana.page.getByRole('heading', { name: 'Locked: too long without signal' })).toBeVisible();
  await expect(jana.page.getByText('Nothing is lost: 2 scans wait here')).toBeVisible();
  await expect(jana.page.getByText(units[0]?.code ?? '')).toHaveCount(0);
  await jana.page.screenshot({ path: info.outputPath('locked.png') });

  // Opening it again helps as little as setting its clock back.
  await jana.page.reload();
  await expect(jana.page.getByRole('heading', { name: 'Locked: too long without signal' })).toBeVisible();
  await jana.page.clock.setSystemTime(Date.now() - 50 * HOUR);
  await jana.page.reload();
  await expect(jana.page.getByRole('heading', { name: 'the clock of this device is behind' })).toBeVisible();
  expect(await waiting()).toHaveLength(2);

  await context.setOffline(false);
  await expect(jana.page.getByText('The server wants to know who you are.')).toBeVisible();
  await jana.page.getByRole('button', { name: 'Sign in' }).click();
  await jana.page.getByRole('button', { name: 'Jana' }).click();
  await untilAllSent(jana, 60_000);
  await expect(jana.page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
  const [came] = await stack.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM movements m JOIN assets a ON a.tenant_id = m.tenant_id AND a.id = m.asset_id
      WHERE m.to_id = $1 AND a.code = ANY($2)`,
    [event?.id, units.map(({ code }) => code)],
  );
  expect(came?.count).toBe(2);
});

async function leaseOf(device: Device): Promise<string | undefined> {
  const [row] = await queryDevice<{ value: string }>(
    device,
    "SELECT value FROM device_state WHERE key = 'lease'",
  );
  return row?.value;
}

import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn, untilAllSent } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('two tabs record into one queue; the one that sends is killed, and the other sends it all, once', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const first = await signIn(context, stack.url, 'Jana');
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
        AND place_kind = 'location' ORDER BY code LIMIT 6`,
  );
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const codes = units.map(({ code }) => code);
  const second: Device = { context, page: await context.newPage() };
  for (const { page } of [first, second]) {
    await page.goto(`/events/${event?.id}/scan`);
    await expect(page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
  }

  await stack.kill();
  for (const [index, code] of codes.entries()) {
    const device = index % 2 === 0 ? first : second;
    await device.page.bringToFront();
    await scan(device, code, /^(ok|wrong_event)$/);
  }
  const session = await context.newCDPSession(first.page);
  const crashed = first.page.waitForEvent('crash');
  // The answer never comes: the renderer that should send it is gone.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await first.page.close();
  await stack.start();
  await untilAllSent(second, 60_000);

  const own = await queryDevice<{ id: string; sequence: number }>(
    second,
    'SELECT id, sequence FROM own_operations ORDER BY sequence',
  );
  expect(own.map(({ sequence }) => sequence)).toEqual(codes.map((_, index) => index + 1));
  const stored = await stack.query<{ id: string }>(
    'SELECT id FROM operations WHERE id = ANY($1::uuid[]) ORDER BY sequence',
    [own.map(({ id }) => id)],
  );
  expect(stored.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
});

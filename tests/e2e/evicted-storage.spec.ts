import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { queryDevice, scan, signIn, untilAllSent } from './device.ts';
import { test } from './test.ts';

const SENT = 2;
const UNSENT = 3;

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('a browser that clears the storage of a device: it begins anew, and device and server say what went', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  const jana = await signIn(context, stack.url, 'Jana');
  const ofTenant = `tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const units = await stack.query<{ code: string }>(
    `SELECT code FROM assets WHERE ${ofTenant} AND NOT is_case AND status = 'in_service'
        AND place_kind = 'location' ORDER BY code LIMIT ${SENT + UNSENT + 1}`,
  );
  const [event] = await stack.query<{ id: string }>(
    `SELECT id FROM events WHERE ${ofTenant} AND status = 'confirmed' ORDER BY load_at DESC LIMIT 1`,
  );
  const codes = units.map(({ code }) => code);
  await jana.page.goto(`/events/${event?.id}/scan`);
  await expect(jana.page.getByText('Scan the first thing')).toBeVisible();
  for (const code of codes.slice(0, SENT)) await scan(jana, code, /^(ok|wrong_event)$/);
  await untilAllSent(jana, 30_000);
  const lost = await epochOf();

  await stack.kill();
  await context.setOffline(true);
  for (const code of codes.slice(SENT, SENT + UNSENT)) await scan(jana, code, /^(ok|wrong_event)$/);
  await expect.poll(async () => (await memoryOf())?.lastSequence).toBe(SENT + UNSENT);

  // The browser is short of room while nobody looks: the files of the page go, its small texts stay.
  const blank = await context.newPage();
  await jana.page.close();
  const devtools = await context.newCDPSession(blank);
  await devtools.send('Storage.clearDataForOrigin', { origin: stack.url, storageTypes: 'file_systems' });
  await stack.start();
  await context.setOffline(false);
  await blank.goto('/outbox');
  const device = { context, page: blank };
  await expect(blank.getByText('The storage of this device was lost')).toBeVisible({ timeout: 30_000 });
  await expect(blank.getByText(`${UNSENT} scans had not been answered`)).toBeVisible();
  await expect(blank.getByRole('progressbar')).toHaveCount(0, { timeout: 30_000 });
  const begun = await epochOf(device);
  expect(begun).not.toBe(lost);

  // It works on under its own name, counting anew, and the server knows what never arrived.
  await blank.goto(`/events/${event?.id}/scan`);
  await expect(blank.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
  await scan(device, codes[SENT + UNSENT] ?? '', /^(ok|wrong_event)$/);
  await expect
    .poll(async () =>
      stack.query(
        `SELECT last_sequence::int AS came, recorded_sequence::int AS given
           FROM device_progress WHERE epoch = $1 OR epoch = $2 ORDER BY epoch = $2`,
        [lost, begun],
      ),
    )
    .toEqual([
      { came: SENT, given: SENT + UNSENT },
      { came: 1, given: 1 },
    ]);

  async function epochOf(of = jana): Promise<string | null> {
    const [row] = await queryDevice<{ value: string }>(
      of,
      `SELECT value FROM device_state WHERE key = 'epoch'`,
    );
    return row?.value ?? null;
  }

  async function memoryOf(): Promise<{ lastSequence: number } | null> {
    return jana.page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.startsWith('eventkit.storage.'));
      return key === undefined ? null : JSON.parse(localStorage.getItem(key) ?? 'null');
    });
  }
});

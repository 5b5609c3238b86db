import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn } from './device.ts';
import { test } from './test.ts';

let stack: RunningStack;
let jana: Device;
test.beforeAll(async ({ browser }) => {
  stack = await startRunningStack({ assetCount: 1000 });
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 390, height: 844 } });
  jana = await signIn(context, stack.url, 'Jana');
  const [event] = await stack.query<{ id: string }>(
    `SELECT e.id FROM events e JOIN tenants t ON t.id = e.tenant_id
     WHERE t.slug = 'nordlicht' AND e.status IN ('in_prep', 'confirmed') ORDER BY e.load_at DESC LIMIT 1`,
  );
  await jana.page.goto(`/events/${event?.id}/scan`);
  await expect(jana.page.getByText('Scan the first thing')).toBeVisible();
});
test.afterAll(async () => {
  await jana.context.close();
  await stack.dispose();
});

test.describe.configure({ mode: 'serial' });

test('an unknown code is kept as a sighting, sent, and listed to be settled', async () => {
  await scan(jana, 'NOBODY-KNOWS-1', 'unknown');
  await expect(jana.page.getByText('No label has this code')).toBeVisible();
  await expect
    .poll(() => stack.query(`SELECT class, status FROM conflicts WHERE code = 'NOBODY-KNOWS-1'`))
    .toEqual([{ class: 'unknown_code', status: 'open' }]);
});

test('the code of another company is unknown here, and says nothing of it', async () => {
  const [foreign] = await stack.query<{ code: string }>(
    `UPDATE assets SET code = 'ELSEWHERE-1' WHERE id =
       (SELECT id FROM assets WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'buehne-sued') LIMIT 1)
     RETURNING code`,
  );
  expect(foreign).toBeDefined();
  await scan(jana, foreign?.code ?? '', 'unknown');
  await expect(jana.page.getByText('No label has this code')).toBeVisible();
});

test('a code of 10,000 characters is told apart, and nothing is recorded', async () => {
  const before = await recordedCount();
  await flood(jana, 'X'.repeat(10_000));
  await expect(jana.page.getByText('Far too long for a label')).toBeVisible();
  await expect(jana.page.getByText(/[0-9],[0-9]{3} characters/)).toBeVisible();
  expect(await recordedCount()).toBe(before);
});

test('without a camera the screen says so and shows the other ways', async () => {
  const button = jana.page.getByRole('button', { name: /Hold to scan/ });
  await jana.page
    .getByRole('button', { name: /Go on|Keep for later/ })
    .first()
    .click();
  await button.click();
  await expect(jana.page.getByText('No camera on this device')).toBeVisible();
});

/**
 * Ten thousand keys and Enter. They are made inside the page: sent from outside, one message each, a busy machine
 * would pause somewhere among them for longer than any scanner does.
 */
async function flood({ page }: Device, code: string): Promise<void> {
  await page.evaluate(
    (keys) => {
      for (const key of keys) window.dispatchEvent(new KeyboardEvent('keydown', { key }));
    },
    [...code, 'Enter'],
  );
}

async function recordedCount(): Promise<number> {
  const [row] = await queryDevice<{ count: number }>(jana, 'SELECT count(*) AS count FROM own_operations');
  return row?.count ?? -1;
}

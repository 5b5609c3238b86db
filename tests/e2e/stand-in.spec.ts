import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import {
  expectPlate,
  FIT,
  findStock,
  openScanOut,
  phone,
  SETTLED_WITHIN_MS,
  type Unit,
} from './dock-acts.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('what is on no list goes instead of something that is missing, without signal', async ({ browser }) => {
  const { event, lacking, stray, extra } = await findStray();
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  await untilOpensOffline(jana);
  await jana.context.setOffline(true);
  await openScanOut(jana, event);
  await scan(jana, stray.code, 'wrong_event');
  await jana.page.getByRole('button', { name: 'Instead of …' }).click();
  await jana.page.getByRole('dialog').getByRole('button', { name: lacking.code }).first().click();
  await expectPlate(jana, stray.code, `instead of ${lacking.code}`);
  await scan(jana, extra.code, 'wrong_event');
  await jana.page.getByRole('button', { name: 'Put on the list' }).click();
  await expectPlate(jana, extra.code, 'is on the list now');

  await jana.context.setOffline(false);
  await untilAllSent(jana, SETTLED_WITHIN_MS);
  const fillings = await stack.query('SELECT asset_id, event_id FROM line_fillings WHERE asset_id = $1', [
    stray.id,
  ]);
  expect(fillings).toEqual([{ asset_id: stray.id, event_id: event.id }]);
  await jana.page.goto(`/events/${event.id}`);
  await expect(jana.page.getByText(`instead: ${stray.code}`)).toBeVisible();
  const lines = await stack.query(
    `SELECT l.quantity FROM pull_list_lines l JOIN assets a USING (tenant_id, product_id)
     WHERE l.event_id = $1 AND a.id = $2`,
    [event.id, extra.id],
  );
  expect(lines).toEqual([{ quantity: 1 }]);
});

/** Two things in stock whose products no line of the event asks for, and a product that it lacks. */
async function findStray(): Promise<{ event: Unit; lacking: Unit; stray: Unit; extra: Unit }> {
  const { event } = await findStock(stack);
  const strays = await stack.query<Unit>(
    `SELECT DISTINCT ON (a.product_id) a.id, a.code FROM assets a
     WHERE a.tenant_id = (SELECT tenant_id FROM events WHERE id = $1) AND ${FIT}
       AND NOT EXISTS (SELECT FROM pull_list_lines l WHERE l.event_id = $1 AND l.product_id = a.product_id)
     ORDER BY a.product_id, a.code LIMIT 2`,
    [event.id],
  );
  const [lacking] = await stack.query<Unit>(
    `SELECT l.id, p.name AS code FROM pull_list_lines l JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id
     WHERE l.event_id = $1 AND p.tracking = 'serialised' ORDER BY l.order_key DESC LIMIT 1`,
    [event.id],
  );
  const [stray, extra] = strays;
  if (stray === undefined || extra === undefined || lacking === undefined) throw new Error('no stray things');
  return { event, lacking, stray, extra };
}

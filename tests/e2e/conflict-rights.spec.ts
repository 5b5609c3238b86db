import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, queryDevice, scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import {
  findStock,
  openScanOut,
  phone,
  SETTLED_WITHIN_MS,
  speakGerman,
  TENANT,
  type Unit,
} from './dock-acts.ts';
import { test } from './test.ts';

/*
 * A right that is gone when a device comes back: what was scanned has happened and stands, what was written into a list
 * is refused, and who did it is told which is which.
 */

const desktop = { viewport: { width: 1440, height: 900 } };

type Line = { readonly id: string; readonly name: string; readonly quantity: number };

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a planner who is none any more: her scan stands, her change of the list is refused', async ({
  browser,
}, info) => {
  const { event, wanted } = await findStock(stack);
  const line = await findLine(event);
  const lea = await signIn(await browser.newContext({ baseURL: stack.url, ...desktop }), stack.url, 'Lea');
  const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
  await untilOpensOffline(lea);
  await lea.page.goto(`/events/${event.id}/edit`);
  await expect(quantityOf(lea, line)).toHaveValue(String(line.quantity));
  await lea.context.setOffline(true);
  await quantityOf(lea, line).fill(String(line.quantity + 7));
  await quantityOf(lea, line).press('Enter');
  await untilRecorded(lea, 1);
  await openScanOut(lea, event);
  await scan(lea, wanted.code, /^(ok|wrong_event)$/);
  await untilRecorded(lea, 2);

  await setUser('lea', "role = 'warehouse'");
  await lea.page.goto('/outbox');
  await lea.context.setOffline(false);
  await expect(entryOf(lea, 'refused')).toBeVisible({ timeout: SETTLED_WITHIN_MS });
  await entryOf(lea, 'refused').click();
  await expect(lea.page.getByText('Your role may not do this.')).toBeVisible();
  await expect(entryOf(lea, wanted.code)).toContainText('applied');
  await lea.page.screenshot({ path: info.outputPath('refused-en.png') });
  await speakGerman(lea);
  await entryOf(lea, 'abgelehnt').click();
  await expect(lea.page.getByText('Diese Rolle darf das nicht.')).toBeVisible();
  await lea.page.screenshot({ path: info.outputPath('refused-de.png') });

  await test.step('everybody has the list as it was, and the thing at the event', async () => {
    expect(await placeOf(wanted)).toBe(event.id);
    const [row] = await stack.query('SELECT quantity FROM pull_list_lines WHERE id = $1', [line.id]);
    expect(row).toEqual({ quantity: line.quantity });
    await jana.page.goto(`/assets/${wanted.id}`);
    await expect(jana.page.getByText(event.code).first()).toBeVisible();
    const held = 'SELECT quantity FROM pull_list_lines_now WHERE id = ';
    for (const device of [lea, jana]) {
      await expect
        .poll(() => queryDevice(device, `${held}'${line.id}'`))
        .toEqual([{ quantity: line.quantity }]);
    }
    await jana.page.screenshot({ path: info.outputPath('jana.png') });
  });
});

test('somebody who left the company: what he had scanned counts and says so, once another signs in', async ({
  browser,
}, info) => {
  const { event, wanted } = await findStock(stack);
  const tablet = await signIn(await browser.newContext(phone(stack)), stack.url, 'Emre');
  await untilOpensOffline(tablet);
  await tablet.context.setOffline(true);
  await openScanOut(tablet, event);
  await scan(tablet, wanted.code, /^(ok|wrong_event)$/);
  await untilRecorded(tablet, 1);
  await setUser('emre', 'deactivated_at = now()');
  await tablet.page.goto('/outbox');
  await tablet.context.setOffline(false);
  const signInBar = tablet.page.getByRole('button', { name: 'Sign in to send 1' });
  await expect(signInBar).toBeVisible({ timeout: 40_000 });
  await signInBar.click();
  await tablet.page.getByRole('button', { name: 'Jana' }).click();
  await untilAllSent(tablet, SETTLED_WITHIN_MS);

  await tablet.page.goto('/outbox');
  const entry = entryOf(tablet, wanted.code);
  await expect(entry).toContainText('applied');
  await entry.click();
  await expect(
    tablet.page.getByText('The right to do this was gone by then. It counts all the same.'),
  ).toBeVisible();
  await tablet.page.screenshot({ path: info.outputPath('stands-en.png') });
  await speakGerman(tablet);
  await entryOf(tablet, wanted.code).click();
  await expect(tablet.page.getByText('Das Recht dazu war da schon weg. Es zählt trotzdem.')).toBeVisible();
  await tablet.page.screenshot({ path: info.outputPath('stands-de.png') });

  await test.step('the others see it at the event', async () => {
    expect(await placeOf(wanted)).toBe(event.id);
    const dana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Dana');
    await dana.page.goto(`/assets/${wanted.id}`);
    await expect(dana.page.getByText(event.code).first()).toBeVisible();
  });
});

/** A tap that is confirmed is in the queue; until then a page that is left takes it along. */
async function untilRecorded(device: Device, count: number): Promise<void> {
  await expect.poll(() => queryDevice(device, 'SELECT count(*) AS count FROM outbox')).toEqual([{ count }]);
}

function entryOf({ page }: Device, what: string) {
  return page.getByRole('listitem').filter({ hasText: what }).first();
}

function quantityOf({ page }: Device, { name }: Line) {
  return page.getByLabel(`Quantity of ${name}`, { exact: true });
}

async function setUser(name: string, what: string): Promise<void> {
  await stack.query(`UPDATE users SET ${what} WHERE email = $1`, [`${name}@${TENANT}.example`]);
}

async function placeOf({ id }: Unit): Promise<string> {
  const [row] = await stack.query<{ place_id: string }>('SELECT place_id FROM assets WHERE id = $1', [id]);
  return row?.place_id ?? '';
}

async function findLine({ id }: Unit): Promise<Line> {
  const [line] = await stack.query<Line>(
    `SELECT l.id, p.name, l.quantity FROM pull_list_lines l
     JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id
     WHERE l.event_id = $1 ORDER BY l.order_key, l.id LIMIT 1`,
    [id],
  );
  if (line === undefined) throw new Error('the event asks for nothing');
  return line;
}

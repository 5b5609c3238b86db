import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { test } from './test.ts';

/*
 * Two planners change one pull list without signal, then both are back: what both said is kept, one touch settles it,
 * and who picks is told.
 */

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const };
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' as const };
const SETTLED_WITHIN_MS = 20_000;

type Line = { readonly id: string; readonly name: string; readonly quantity: number };

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('two planners without signal change one pull list, and lose nothing', async ({ browser }) => {
  const { eventId, lines } = await findEvent();
  const [first, second, third] = lines as [Line, Line, Line];
  const lea = await signIn(await browser.newContext({ baseURL: stack.url, ...desktop }), stack.url, 'Lea');
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phone }),
    stack.url,
    'Miriam',
  );
  const both = [lea, miriam];
  await Promise.all(both.map(untilOpensOffline));
  for (const device of both) await openPlan(device, eventId);
  await Promise.all(both.map(({ context }) => context.setOffline(true)));

  await setQuantity(lea, first, 30);
  await setQuantity(lea, third, 0);
  await expect(lea.page.getByText('At least 1.')).toBeVisible();
  await quantityOf(lea, third).press('Escape');
  await lea.page.getByRole('button', { name: `Delete ${second.name}`, exact: true }).click();
  await lea.page.getByLabel('Venue').fill('Old port, hall 2');
  await lea.page.getByLabel('Venue').press('Enter');
  await expect(lea.page.getByText(/Venue:.*Old port, hall 2/).first()).toBeVisible();
  await shoot(lea, 'edit-desktop');

  await setQuantity(miriam, first, 40);
  await setQuantity(miriam, second, second.quantity + 5);
  await miriam.page.getByRole('button', { name: `Move ${first.name}`, exact: true }).press('ArrowDown');
  await shoot(miriam, 'edit-phone');
  await expect(miriam.page.getByRole('status').filter({ hasText: `Moved ${first.name}` })).toBeVisible();
  await miriam.page.getByRole('button', { name: 'Undo' }).click();

  for (const device of both) {
    await device.context.setOffline(false);
    await device.page.goto('/outbox');
    await untilAllSent(device, SETTLED_WITHIN_MS);
  }
  await lea.page.goto('/conflicts');
  await lea.page.getByRole('link', { name: `${first.name}: changed by two people` }).click();
  await expect(lea.page.getByRole('heading', { name: 'Quantity: 30' })).toBeVisible();
  await expect(lea.page.getByText('Miriam Leitner').first()).toBeVisible();
  await shoot(lea, 'conflict-desktop');
  await lea.page.getByRole('button', { name: 'Take 30 instead' }).click();
  await expect(lea.page.getByText('Settled', { exact: true }).first()).toBeVisible();

  await miriam.page.goto('/more');
  await miriam.page.getByText('Deutsch', { exact: true }).click();
  await miriam.page.goto('/conflicts');
  await miriam.page.getByRole('link', { name: `${second.name}: gelöscht und geändert` }).click();
  await expect(miriam.page.getByRole('heading', { name: 'gelöscht', exact: true })).toBeVisible();
  await shoot(miriam, 'conflict-phone-de');
  await miriam.page.getByRole('button', { name: 'Mit der Änderung zurückholen' }).click();
  // The list beside it has a heading of that name, hidden on a phone.
  await expect(
    miriam.page
      .getByText(/^Geklärt/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await untilStored(first, 30);
  await untilStored(second, second.quantity + 5);
  await miriam.page.goto(`/events/${eventId}/edit`);
  await expect(miriam.page.getByText('Wer was geändert hat')).toBeVisible();
  await shoot(miriam, 'edit-phone-de');

  const jana = await signIn(await browser.newContext({ baseURL: stack.url, ...phone }), stack.url, 'Jana');
  await jana.page.goto(`/events/${eventId}/scan`);
  await expect(jana.page.getByText(/^Pull list changed by (Lea|Miriam)/)).toBeVisible();
  await shoot(jana, 'banner-phone');
  await jana.page.getByRole('button', { name: 'Got it' }).click();
  await expect(jana.page.getByText(/^Pull list changed by/)).toHaveCount(0);
  await jana.page.goto(`/events/${eventId}/edit`);
  await expect(jana.page.getByLabel('Venue')).toHaveCount(0);
  await expect(jana.page.getByText(/Venue:.*Old port, hall 2/)).toBeVisible();
});

/** An event to come with three lines of different products. */
async function findEvent(): Promise<{ eventId: string; lines: readonly Line[] }> {
  const ofTenant = `e.tenant_id = (SELECT id FROM tenants WHERE slug = 'nordlicht')`;
  const [event] = await stack.query<{ id: string }>(
    `SELECT e.id FROM events e WHERE ${ofTenant} AND e.status = 'confirmed' AND e.load_at > now() ORDER BY e.load_at LIMIT 1`,
  );
  if (event === undefined) throw new Error('the demo company has no event to come');
  const lines = await stack.query<Line>(
    `SELECT l.id, p.name, l.quantity FROM pull_list_lines l
     JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id
     WHERE l.event_id = $1 ORDER BY l.order_key, l.id LIMIT 3`,
    [event.id],
  );
  return { eventId: event.id, lines };
}

async function openPlan({ page }: Device, eventId: string): Promise<void> {
  await page.goto(`/events/${eventId}`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByLabel('Venue')).toBeVisible();
}

function quantityOf({ page }: Device, { name }: Line) {
  return page.getByLabel(`Quantity of ${name}`, { exact: true });
}

async function setQuantity(device: Device, line: Line, quantity: number): Promise<void> {
  const field = quantityOf(device, line);
  await field.fill(String(quantity));
  await field.press('Enter');
}

async function untilStored({ id }: Line, quantity: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const [row] = await stack.query<{ quantity: number; deleted_at: string | null }>(
          'SELECT quantity, deleted_at FROM pull_list_lines WHERE id = $1',
          [id],
        );
        return row;
      },
      { timeout: SETTLED_WITHIN_MS },
    )
    .toEqual({ quantity, deleted_at: null });
}

async function shoot({ page }: Device, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), animations: 'disabled' });
}

import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, scan, signIn, untilOpensOffline, wedge } from './device.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

// The pictures that the documentation shows, taken from the running app: EVENTKIT_SCREENS=docs/screens npm test -- --only e2e

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a phone in a dock without signal', async ({ browser }) => {
  const jana = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView }),
    stack.url,
    'Jana',
  );
  await untilOpensOffline(jana);
  const event = await eventNamed('Winterleuchten Hauptplatz');
  await shoot(jana.page, 'phone-today');
  await jana.context.setOffline(true);
  await jana.page.goto(`/events/${event}/scan`);
  await expect(jana.page.getByText('Scan the first thing')).toBeVisible();
  const codes = await codesFor(event, 9);
  for (const code of codes) await scan(jana, code, /^(ok|wrong_event)$/);
  // The same code is ignored in silence until it was not seen for a second and a half, as a camera sees it many times.
  await expect(async () => {
    await wedge(jana, codes[0] ?? '');
    await expect(jana.page.locator('[data-outcome=already]')).toBeVisible({ timeout: 300 });
  }).toPass({ intervals: [1600], timeout: 20_000 });
  await shoot(jana.page, 'phone-already');
  const [last] = await codesFor(event, 1, 9);
  await scan(jana, last ?? '', 'ok');
  await shoot(jana.page, 'phone-scan');
  await scan(jana, 'X-4711', 'unknown');
  await shoot(jana.page, 'phone-unknown');
  await jana.page.goto('/outbox');
  await expect(jana.page.getByText('X-4711').first()).toBeVisible();
  await shoot(jana.page, 'phone-outbox');
});

test('a desk in the office, in German and in light', async ({ browser }) => {
  const lea = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Lea',
  );
  const event = await eventNamed('Winterleuchten Hauptplatz');
  await lea.page.goto(`/events/${event}`);
  await expect(lea.page.getByText('All sent')).toBeVisible();
  await shoot(lea.page, 'desktop-event');
  await choose(lea, 'Deutsch');
  await lea.page.goto(`/events/${event}`);
  await expect(lea.page.getByRole('heading', { level: 1 })).toHaveText('Winterleuchten Hauptplatz');
  await shoot(lea.page, 'desktop-event-de');
});

async function choose({ page }: Device, label: string): Promise<void> {
  await page.goto('/more');
  await page.getByText(label, { exact: true }).click();
}

async function eventNamed(name: string): Promise<string> {
  const [row] = await stack.query<{ id: string }>('SELECT id FROM events WHERE name = $1', [name]);
  if (row === undefined) throw new Error(`no event ${name}`);
  return row.id;
}

/** Codes of units in stock that the event's list asks for. */
async function codesFor(eventId: string, count: number, offset = 0): Promise<string[]> {
  const rows = await stack.query<{ code: string }>(
    `SELECT a.code FROM pull_list_lines l
     CROSS JOIN LATERAL (
       SELECT code FROM assets a WHERE a.tenant_id = l.tenant_id AND a.product_id = l.product_id
         AND a.status = 'in_service' AND a.place_kind = 'location' AND NOT a.is_case ORDER BY code LIMIT l.quantity
     ) AS a
     WHERE l.event_id = $1 ORDER BY l.order_key, a.code LIMIT $2 OFFSET $3`,
    [eventId, count, offset],
  );
  return rows.map(({ code }) => code);
}

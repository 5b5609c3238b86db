import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, scan, signIn, untilAllSent, untilOpensOffline } from './device.ts';
import { expectPlate, FIT } from './dock-acts.ts';
import { leastIn } from './pixels.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack();
});
test.afterAll(() => stack.dispose());

test('a truck is loaded and signed for without signal; others see what is on it and who answers for it', async ({
  browser,
}) => {
  const jana = await signIn(
    await browser.newContext({ baseURL: stack.url, ...phoneView, colorScheme: 'dark' }),
    stack.url,
    'Jana',
  );
  await untilOpensOffline(jana);
  const { path, codes, strays } = await truckOf('Winterleuchten Hauptplatz');
  await jana.context.setOffline(true);
  await jana.page.goto(path);
  await expect(jana.page.getByText('Scan what goes onto it')).toBeVisible();
  for (const code of codes) await scan(jana, code, 'ok');
  await expect(jana.page.getByRole('heading', { name: 'On board', exact: true })).toBeVisible();
  await shoot(jana.page, 'phone-truck');
  await test.step('what the list has no room for goes on it, or instead of something that it lacks', async () => {
    const [stray, extra] = strays;
    await scan(jana, stray ?? '', 'wrong_event');
    await shoot(jana.page, 'phone-truck-surplus');
    await jana.page.getByRole('button', { name: 'Instead of …' }).click();
    await jana.page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
    await expectPlate(jana, stray ?? '', 'instead of');
    await scan(jana, extra ?? '', 'wrong_event');
    await jana.page.getByRole('button', { name: 'Put on the list' }).click();
    await expectPlate(jana, extra ?? '', 'is on the list now');
  });

  await jana.page.getByRole('button', { name: 'Leave…' }).click();
  const sheet = jana.page.getByRole('dialog', { name: 'Confirm the load' });
  await shoot(jana.page, 'phone-truck-leave');
  await sheet.getByRole('button', { name: /^All \d+ lines follow later/ }).click();
  await sheet.getByRole('button', { name: /^Sign/ }).click();
  await signByHand(jana.page);
  await sheet.getByLabel('Name').fill('Jana Pichler');
  await shoot(jana.page, 'phone-truck-sign');
  await sheet.getByRole('button', { name: 'Confirm, stay here' }).click();
  await expect(jana.page.getByAltText('Open signature 1')).toHaveCount(1);

  await jana.page.getByRole('button', { name: 'Sign…' }).click();
  const witness = jana.page.getByRole('button', { name: 'Confirm with signature' });
  await expect(witness).toBeDisabled();
  await jana.page.getByLabel('Name').fill('Ole Petersen');
  await witness.click();
  await expect(jana.page.getByAltText('Open signature 1')).toHaveCount(2);
  await shoot(jana.page, 'phone-truck-signed');
  await jana.page.goto('/outbox');
  await expect(jana.page.getByText('1 signature still to go')).toHaveCount(2);
  await shoot(jana.page, 'phone-outbox-signatures');
  await jana.context.setOffline(false);
  await untilAllSent(jana, 30_000);

  const lea = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView, serviceWorkers: 'block' }),
    stack.url,
    'Lea',
  );
  await lea.page.goto(path);
  await expect(lea.page.getByText(/Confirmed by Jana/)).toBeVisible();
  await lea.page.getByRole('button', { name: 'Load signature' }).first().click({ timeout: 40_000 });
  await expectInk(lea);
  const fillings = await stack.query(
    'SELECT a.code FROM line_fillings f JOIN assets a ON a.id = f.asset_id AND a.tenant_id = f.tenant_id',
  );
  expect(fillings).toEqual([{ code: strays[0] }]);
});

/** A truck of the company, its page for this event, codes of three units that the event's list asks for, and two that it does not. */
async function truckOf(eventName: string): Promise<{ path: string; codes: string[]; strays: string[] }> {
  const rows = await stack.query<{ event: string; vehicle: string; code: string }>(
    `SELECT e.id AS event, v.id AS vehicle, a.code FROM events e
     JOIN vehicles v ON v.tenant_id = e.tenant_id AND v.code = 'T1'
     JOIN pull_list_lines l ON l.tenant_id = e.tenant_id AND l.event_id = e.id
     JOIN assets a ON a.tenant_id = l.tenant_id AND a.product_id = l.product_id
     WHERE e.name = $1 AND a.place_kind = 'location' AND a.status = 'in_service' ORDER BY a.code LIMIT 3`,
    [eventName],
  );
  const [first] = rows;
  if (first === undefined) throw new Error(`no truck for ${eventName}`);
  const strays = await stack.query<{ code: string }>(
    `SELECT min(a.code) AS code FROM assets a
     WHERE a.tenant_id = (SELECT tenant_id FROM events WHERE id = $1) AND ${FIT}
       AND NOT EXISTS (SELECT FROM pull_list_lines l WHERE l.event_id = $1 AND l.product_id = a.product_id)
     GROUP BY a.product_id ORDER BY code LIMIT 2`,
    [first.event],
  );
  return {
    path: `/events/${first.event}/trucks/${first.vehicle}`,
    codes: rows.map(({ code }) => code),
    strays: strays.map(({ code }) => code),
  };
}

/** Two strokes across the pad. */
async function signByHand(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: 'Area to sign on' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('no pad');
  expect(box.height).toBeGreaterThanOrEqual(160);
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  for (const from of [0.15, 0.5]) {
    await page.mouse.move(...at(from, 0.6));
    await page.mouse.down();
    for (let step = 1; step <= 12; step += 1) {
      await page.mouse.move(...at(from + step * 0.025, 0.5 + 0.3 * Math.sin(step)));
    }
    await page.mouse.up();
  }
}

/** The signature arrived as somebody wrote it: dark strokes and a name below them, on white. */
async function expectInk({ page }: Device): Promise<void> {
  const across = (y: number, height: number) => ({ x: 0, y, width: 600, height });
  const { least } = await leastIn(page.getByRole('img', { name: 'Signature', exact: true }), [
    across(0, 360),
    across(360, 70),
    across(0, 5),
  ]);
  const [hand, name, edge] = least.map((channels) => Math.min(...channels));
  expect(hand).toBeLessThan(40);
  expect(name).toBeLessThan(40);
  expect(edge).toBe(255);
}

import { postRpc } from '@eventkit/api/testing/post-rpc.ts';
import { expect } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, scan, signIn, untilAllSent, untilOpensOffline, wedge } from './device.ts';
import { FIT, findStock, phone, speakGerman, TENANT, type Unit } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';
import { typeOnPad } from './two-people.ts';

/*
 * One tablet in the dock, two people: each gets in by badge and PIN, without signal too, and the server knows whose each
 * scan was. A badge that is withdrawn opens nothing after the next contact. Who walks away is locked out.
 */

const PIN_OF_JANA = '274913';
const PIN_OF_EMRE = '350816';
const HELD_MS = 1200;
/** Faster than this it is a scanner that types. */
const FINGER_MS = 120;
const IDLE_MS = 300_000;
const SENT_WITHIN_MS = 20_000;
const tabletView = { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1 };

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

test('two people take turns on one tablet, without signal', async ({ browser }) => {
  test.slow();
  const { event } = await findStock(stack);
  const [first, second, third] = await findUnits();
  const miriam = await signIn(
    await browser.newContext({ baseURL: stack.url, ...desktopView }),
    stack.url,
    'Miriam',
  );

  const badgeOfJana = await test.step('an admin gives badges', async () => {
    await miriam.page.goto('/badges');
    await expect(row(miriam, 'Jana')).toContainText('no badge');
    await shoot(miriam.page, 'badges');
    await row(miriam, 'Jana').getByRole('button').click();
    await miriam.page.getByRole('button', { name: 'Give a badge' }).click();
    const code = await miriam.page.getByLabel('Code of the badge', { exact: true }).inputValue();
    expect(code).toMatch(/^EKB-/);
    await shoot(miriam.page, 'badge-made');
    await miriam.page.getByRole('button', { name: 'Done' }).click();
    await expect(row(miriam, 'Jana')).not.toContainText('no badge');
    return code;
  });
  const admin = await stack.token('admin@nordlicht.example', 'api');
  const emreId = await idOf('emre@nordlicht.example');
  const { secretCode: badgeOfEmre } = await rpc<{ secretCode: string }>('BadgeService/GiveBadge', admin, {
    personId: emreId,
  });

  await test.step('each chooses a PIN of their own', async () => {
    const jana = await signIn(await browser.newContext(phone(stack)), stack.url, 'Jana');
    await jana.page.goto('/pin');
    await jana.page.getByLabel('New PIN, at least 6 digits').fill('2749');
    await jana.page.getByRole('button', { name: 'Set the PIN' }).click();
    await expect(jana.page.getByText('At least 6 digits, and nothing but digits.')).toBeVisible();
    await jana.page.getByLabel('New PIN, at least 6 digits').fill(PIN_OF_JANA);
    await jana.page.getByLabel('The same once more').fill(PIN_OF_JANA);
    await shoot(jana.page, 'phone-own-pin');
    await jana.page.getByRole('button', { name: 'Set the PIN' }).click();
    await expect(jana.page.getByText('The PIN is set.')).toBeVisible();
    await jana.context.close();
    const emre = await stack.token('emre@nordlicht.example', 'api');
    await rpc('BadgeService/SetOwnPin', emre, { pin: PIN_OF_EMRE });
  });

  const tablet = await signIn(
    await browser.newContext({ baseURL: stack.url, ...tabletView }),
    stack.url,
    'Lea',
  );
  await untilOpensOffline(tablet);

  await test.step('the admin makes the tablet a shared one, and it locks itself', async () => {
    await miriam.page.goto('/sync-health');
    await row(miriam, await tabletName())
      .locator('summary')
      .click();
    const shared = miriam.page.getByRole('checkbox', { name: /^Shared/ });
    await shared.click();
    await expect(shared).toBeChecked();
    await shoot(miriam.page, 'share-device');
    await tablet.page.reload();
    await expect(tablet.page.getByRole('heading', { name: 'Scan a badge' })).toBeVisible();
    await expect(tablet.page.getByRole('navigation')).toHaveCount(0);
    await shoot(tablet.page, 'tablet-locked-nobody');
  });

  await test.step('the first time takes signal: by thumb, and by keyboard alone', async () => {
    await wedge(tablet, badgeOfJana);
    await expect(tablet.page.getByRole('heading', { name: 'New badge here' })).toBeVisible();
    await typeOnPad(tablet.page, PIN_OF_JANA);
    await shoot(tablet.page, 'tablet-first-time');
    await tablet.page.getByRole('button', { name: 'Open', exact: true }).click();
    await expectAtIt(tablet, 'Jana');
    await wedge(tablet, badgeOfEmre);
    await expect(tablet.page.getByRole('heading', { name: 'New badge here' })).toBeVisible();
    await typeByKeys(tablet, PIN_OF_EMRE);
    await expectAtIt(tablet, 'Emre');
  });

  await test.step('without signal each scans under their own name', async () => {
    await tablet.page.goto(`/events/${event.id}/scan`);
    await expect(tablet.page.getByRole('heading', { name: 'Scan a badge' })).toBeVisible();
    await tablet.context.setOffline(true);
    await unlock(tablet, badgeOfJana, PIN_OF_JANA, 'Jana');
    await expect(tablet.page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
    await scan(tablet, first.code, /^(ok|wrong_event)$/);
    await shoot(tablet.page, 'tablet-jana-scans');

    await tablet.page.getByRole('button', { name: 'Switch person' }).click();
    await shoot(tablet.page, 'tablet-locked');
    await tablet.page.getByRole('button', { name: /^Emre/ }).click();
    await typeOnPad(tablet.page, '111111');
    await tablet.page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(tablet.page.getByText('Badge and PIN do not fit.')).toBeVisible();
    await shoot(tablet.page, 'tablet-wrong-pin');
    await typeOnPad(tablet.page, PIN_OF_EMRE);
    await tablet.page.getByRole('button', { name: 'Open', exact: true }).click();
    await expectAtIt(tablet, 'Emre');
    await expect(tablet.page.getByRole('list', { name: 'This session by outcome' })).toBeVisible();
    await expect(tablet.page.getByText(first.code)).toHaveCount(0);
    await scan(tablet, second.code, /^(ok|wrong_event)$/);
  });

  await test.step('who comes in anew after a reload needs the PIN again; wrong ones wait, over a reload too', async () => {
    await tablet.page.reload();
    await tablet.page.getByRole('button', { name: /^Jana/ }).click();
    for (const pin of ['111111', '222222', '333333']) {
      await typeByKeys(tablet, pin);
      await expect(tablet.page.getByText(/Badge and PIN do not fit|Too many wrong PINs/)).toBeVisible();
      await expect(tablet.page.getByLabel('PIN')).toHaveValue('');
    }
    await expect(tablet.page.getByText('Too many wrong PINs.')).toBeVisible();
    await shoot(tablet.page, 'tablet-wait');
    await tablet.page.reload();
    await tablet.page.getByRole('button', { name: /^Jana/ }).click();
    await expect(tablet.page.getByText('Too many wrong PINs.')).toBeVisible();
    await tablet.page.getByRole('button', { name: 'Somebody else' }).click();
    await tablet.page.getByRole('button', { name: /^Emre/ }).click();
    await typeByKeys(tablet, PIN_OF_EMRE);
    await expectAtIt(tablet, 'Emre');
  });

  await test.step('the server shows each scan under its own person', async () => {
    await tablet.context.setOffline(false);
    await untilAllSent(tablet, SENT_WITHIN_MS);
    const operations = await stack.query<{
      code: string;
      name: string;
      sender: string;
      reason: string | null;
    }>(
      `SELECT a.code, p.name, s.name AS sender, o.reason FROM operations o
       JOIN movements m ON m.tenant_id = o.tenant_id AND m.operation_id = o.id
       JOIN assets a ON a.tenant_id = m.tenant_id AND a.id = m.asset_id
       JOIN users p ON p.tenant_id = o.tenant_id AND p.id = o.recorded_by
       JOIN users s ON s.tenant_id = o.tenant_id AND s.id = o.sent_by
       WHERE a.code = ANY($1) ORDER BY o.sequence`,
      [[first.code, second.code]],
    );
    expect(operations.map(({ code, name }) => [code, name.split(' ')[0]])).toEqual([
      [first.code, 'Jana'],
      [second.code, 'Emre'],
    ]);
    for (const { sender, reason } of operations) {
      expect(sender).toMatch(/^Lea/);
      expect(reason).not.toBe('person_unproven');
    }
  });

  await test.step('a withdrawn badge is out at the next contact', async () => {
    await tablet.context.setOffline(true);
    await miriam.page.goto('/badges');
    await row(miriam, 'Jana').getByRole('button').click();
    await miriam.page.getByRole('button', { name: 'Hold to withdraw the badge' }).click({ delay: HELD_MS });
    await expect(miriam.page.getByRole('button', { name: 'Give a badge' })).toBeVisible();
    await tablet.context.setOffline(false);
    await tablet.page.getByRole('button', { name: 'Switch person' }).click();
    await expect(tablet.page.getByRole('button', { name: /^Emre/ })).toBeVisible();
    await expect(tablet.page.getByRole('button', { name: /^Jana/ })).toHaveCount(0, {
      timeout: SENT_WITHIN_MS,
    });
    await wedge(tablet, badgeOfJana);
    await expect(tablet.page.getByRole('heading', { name: 'New badge here' })).toBeVisible();
    await typeByKeys(tablet, PIN_OF_JANA);
    await expect(tablet.page.getByText('Badge and PIN do not fit.')).toBeVisible();
  });

  await test.step('who walks away is locked out, but not out of what they are entering', async () => {
    await tablet.page.getByRole('button', { name: 'Somebody else' }).click();
    await tablet.page.getByRole('button', { name: /^Emre/ }).click();
    await typeByKeys(tablet, PIN_OF_EMRE);
    await expectAtIt(tablet, 'Emre');
    await tablet.page.keyboard.press('Control+k');
    await expect(tablet.page.getByRole('dialog')).toBeVisible();
    await tablet.page.clock.setFixedTime(Date.now() + IDLE_MS);
    await expect(tablet.page.getByRole('dialog')).toBeVisible();
    await tablet.page.keyboard.press('Escape');
    await expect(tablet.page.getByRole('heading', { name: 'Scan a badge' })).toBeVisible();
    await scanOnly(tablet, third);
  });
});

test('the lock screen on a phone, by daylight and in German', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: stack.url, ...phoneView });
  const dana = await signIn(context, stack.url, 'Dana');
  await untilOpensOffline(dana);
  await speakGerman(dana);
  await dana.page.goto('/pin');
  await expect(dana.page.getByText('Noch ist keine PIN gesetzt.')).toBeVisible();
  await shoot(dana.page, 'phone-own-pin-de');
  await dana.page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('eventkit.session') ?? '{}') as { tenantId: string };
    localStorage.setItem(`eventkit.shared.${session.tenantId}`, '1');
    localStorage.setItem('eventkit.theme', 'light');
  });
  await context.setOffline(true);
  await dana.page.reload();
  await expect(dana.page.getByRole('heading', { name: 'Ausweis scannen' })).toBeVisible();
  await wedge(dana, 'EKB-0123456789');
  await expect(dana.page.getByText('Beim ersten Mal braucht es Netz.')).toBeVisible();
  await shoot(dana.page, 'phone-first-time-de');
});

/** A scan of a thing does nothing while nobody is there. */
async function scanOnly(device: Device, unit: Unit): Promise<void> {
  await wedge(device, unit.code);
  await expect(device.page.getByRole('heading', { name: 'Scan a badge' })).toBeVisible();
  expect(
    await stack.query(
      "SELECT 1 FROM movements WHERE asset_id = $1 AND received_at > now() - interval '5 minutes'",
      [unit.id],
    ),
  ).toEqual([]);
}

async function unlock(device: Device, badge: string, pin: string, name: string): Promise<void> {
  await wedge(device, badge);
  await expect(device.page.getByRole('heading', { name })).toBeVisible();
  await typeByKeys(device, pin);
  await expectAtIt(device, name);
}

/** Slower than a scanner, as fingers are. */
async function typeByKeys({ page }: Device, pin: string): Promise<void> {
  await page.getByLabel('PIN').pressSequentially(pin, { delay: FINGER_MS });
  await expect(page.getByLabel('PIN')).toHaveValue(pin);
  await page.keyboard.press('Enter');
}

async function expectAtIt({ page }: Device, name: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Who is working here' })).toContainText(name);
}

function row({ page }: Device, name: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: name }).first();
}

async function tabletName(): Promise<string> {
  const [device] = await stack.query<{ name: string }>(
    `SELECT d.name FROM devices d JOIN users u ON u.tenant_id = d.tenant_id AND u.id = d.registered_by
     WHERE u.email = 'lea@nordlicht.example' ORDER BY d.registered_at DESC LIMIT 1`,
  );
  if (device === undefined) throw new Error('the tablet is not registered');
  return device.name;
}

async function idOf(email: string): Promise<string> {
  const [person] = await stack.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
  if (person === undefined) throw new Error(`nobody has ${email}`);
  return person.id;
}

async function findUnits(): Promise<[Unit, Unit, Unit]> {
  const [first, second, third] = await stack.query<Unit>(
    `SELECT a.id, a.code FROM assets a JOIN tenants t ON t.id = a.tenant_id
     WHERE t.slug = $1 AND ${FIT} ORDER BY a.code LIMIT 3`,
    [TENANT],
  );
  if (!first || !second || !third) throw new Error('nothing to scan');
  return [first, second, third];
}

async function rpc<Answer>(name: string, bearer: string, body: unknown): Promise<Answer> {
  const answer = await postRpc(stack.url, name, { bearer, body });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

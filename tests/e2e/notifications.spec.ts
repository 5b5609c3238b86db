import { expect, type Page } from '@playwright/test';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type Device, signIn, untilOpensOffline } from './device.ts';
import { speakGerman, TENANT } from './dock-acts.ts';
import { desktopView, phoneView, shoot } from './shoot.ts';
import { test } from './test.ts';

/*
 * What people are told without having asked, from end to end: by what others do, on the device also without signal, read
 * on one device and so on all of a person's, and nobody else's.
 */

let stack: RunningStack;
test.beforeAll(async () => {
  stack = await startRunningStack({ assetCount: 1000 });
});
test.afterAll(() => stack.dispose());

const things = async (): Promise<{ id: string; code: string }[]> =>
  stack.query(
    `SELECT a.id, a.code FROM assets a JOIN tenants t ON t.id = a.tenant_id
     WHERE t.slug = $1 AND a.status = 'in_service' AND NOT a.is_case ORDER BY a.code LIMIT 3`,
    [TENANT],
  );
const told = (page: Page) => page.locator('main li');
const unread = (page: Page) => told(page).filter({ hasText: /unread/ });

async function holdBack({ page }: Device, thing: { id: string; code: string }): Promise<void> {
  await page.goto(`/assets/${thing.id}`);
  await page.getByRole('button', { name: 'Hold back' }).click();
  await page.getByLabel('Why?').fill('Zoom motor grinds');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold back' }).click();
  // Held back already: what it offers now is the release.
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
}

test('what others do is told, read on one device and on all, also without signal', async ({ browser }) => {
  const open = async (view: typeof desktopView | typeof phoneView, person: string) =>
    signIn(await browser.newContext({ baseURL: stack.url, ...view }), stack.url, person);
  const jana = await open(desktopView, 'Jana');
  const desk = await open(desktopView, 'Miriam');
  const { page } = desk;
  const [one, other, third] = await things();
  if (one === undefined || other === undefined || third === undefined) throw new Error('nothing in stock');

  await test.step('nothing yet, in words', async () => {
    await stack.query('DELETE FROM notifications');
    await page.getByRole('link', { name: 'Notifications' }).click();
    await expect(page.getByText('Nothing yet')).toBeVisible();
    await shoot(page, 'notifications-empty');
  });

  await test.step('somebody holds two things back: the admin hears of it at once, who did it does not', async () => {
    await holdBack(jana, one);
    await holdBack(jana, other);
    await expect(told(page)).toHaveCount(2);
    await expect(unread(page)).toHaveCount(2);
    await expect(page.getByRole('link', { name: /^Notifications/ })).toContainText('2');
    await jana.page.goto('/notifications');
    await expect(jana.page.getByText('Nothing yet')).toBeVisible();
  });

  const phone = await open(phoneView, 'Miriam');
  await test.step('each leads to what it is about, and is read then, on every device', async () => {
    await expect(phone.page.getByRole('link', { name: /^More/ })).toContainText('2');
    await phone.page.getByRole('link', { name: /^More/ }).click();
    await phone.page.getByRole('link', { name: 'Notifications' }).click();
    await expect(unread(phone.page)).toHaveCount(2);
    await shoot(phone.page, 'phone-notifications');
    await page.getByRole('link', { name: `${one.code} is held back` }).click();
    await expect(page).toHaveURL(new RegExp(`/assets/${one.id}$`));
    await page.goBack();
    await expect(unread(page)).toHaveCount(1);
    await expect(unread(phone.page)).toHaveCount(1);
  });

  await test.step('without signal it is there, and what is read is read later elsewhere', async () => {
    await untilOpensOffline(phone);
    await phone.context.setOffline(true);
    await phone.page.reload();
    await expect(told(phone.page)).toHaveCount(2);
    await phone.page.getByRole('button', { name: 'Mark all as read' }).click();
    await expect(unread(phone.page)).toHaveCount(0);
    await shoot(phone.page, 'phone-notifications-offline');
    await phone.page.getByRole('button', { name: 'Undo' }).click();
    await expect(unread(phone.page)).toHaveCount(1);
    await phone.page.getByRole('button', { name: 'Mark all as read' }).click();
    await phone.page.reload();
    await expect(unread(phone.page)).toHaveCount(0);
    await expect(unread(page)).toHaveCount(1);
    await phone.context.setOffline(false);
    await expect(unread(page)).toHaveCount(0);
  });

  await test.step('what is settled is read by itself', async () => {
    await holdBack(jana, third);
    await expect(unread(page)).toHaveCount(1);
    await jana.page.getByRole('button', { name: 'Release' }).click();
    await jana.page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await expect(unread(page)).toHaveCount(0);
  });

  await test.step('on another day, in German, in each theme', async () => {
    await stack.query(
      `UPDATE notifications SET happened_at = happened_at - interval '1 day' * row_number, read_at = NULL
       FROM (SELECT id AS of, row_number() OVER (ORDER BY happened_at DESC) - 1 AS row_number
             FROM notifications WHERE user_id = (SELECT id FROM users WHERE name = 'Miriam Leitner')) AS n WHERE n.of = id`,
    );
    await stack.query(
      `INSERT INTO notifications (tenant_id, user_id, kind, occasion, subject, title, detail, happened_at)
       SELECT u.tenant_id, u.id, kind, kind, 'double_check_out:a:b', title, detail, now() - interval '2 days'
       FROM users u, (VALUES ('own_conflict', 'MH-0040', 'double_check_out'), ('truck_left', 'Atego 12t', 'Gala, Messe Wien'),
         ('storage_lost', 'Dock tablet 2', ''), ('invitation_accepted', 'Dana Novák', '')) AS n (kind, title, detail)
       WHERE u.name = 'Miriam Leitner'`,
    );
    await expect(told(page)).toHaveCount(7);
    await shoot(page, 'notifications');
    await speakGerman(desk);
    for (const theme of ['light', 'contrast']) {
      await page.evaluate((name) => localStorage.setItem('eventkit.theme', name), theme);
      await page.reload();
      await expect(page.getByText('Gestern')).toBeVisible();
      await shoot(page, `notifications-de-${theme}`);
    }
    await speakGerman(phone);
    await expect(phone.page.getByText('Gestern')).toBeVisible();
    await shoot(phone.page, 'phone-notifications-de');
  });
});

test('a person chooses how they are told; what is pushed is shown by the service worker', async ({
  browser,
}) => {
  const context = await browser.newContext({
    baseURL: stack.url,
    ...desktopView,
    permissions: ['notifications'],
  });
  // No push service is reached from here; what a browser would hand out is made up, at one that is nobody's.
  await context.addInitScript(() => {
    let current: object | null = null;
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
    const made = {
      toJSON: () => ({ endpoint: 'https://nobody.push.services.mozilla.com/e2e', keys }),
      unsubscribe: async () => {
        current = null;
      },
    };
    PushManager.prototype.subscribe = async () => {
      current = made;
      return made as unknown as PushSubscription;
    };
    PushManager.prototype.getSubscription = async () => current as PushSubscription | null;
  });
  const miriam = await signIn(context, stack.url, 'Miriam');
  await untilOpensOffline(miriam);
  const { page } = miriam;
  const subscriptions = () => stack.query('SELECT endpoint FROM push_subscriptions');

  await test.step('kind by kind, kept on the server', async () => {
    await page.goto('/notifications');
    await page.getByRole('link', { name: 'How you are told' }).click();
    const lost = page.getByRole('group', { name: 'A device has lost what it kept' });
    await expect(lost.getByRole('checkbox', { name: 'Push' })).toBeChecked();
    await shoot(page, 'notifications-choices');
    await lost.getByRole('checkbox', { name: 'Push' }).uncheck();
    await page.getByRole('checkbox', { name: 'No push at these times' }).check();
    await page.getByLabel('From').fill('21:30');
    await page.getByLabel('Until').click();
    await expect
      .poll(() => stack.query('SELECT from_minute, until_minute FROM quiet_hours'))
      .toEqual([{ from_minute: 1290, until_minute: 360 }]);
    await page.reload();
    await expect(lost.getByRole('checkbox', { name: 'Push' })).not.toBeChecked();
    await expect(page.getByLabel('From')).toHaveValue('21:30');
  });

  await test.step('push to this device, and no more', async () => {
    await page.getByRole('button', { name: 'Turn push on' }).click();
    await expect(page.getByRole('button', { name: 'Turn push off' })).toBeVisible();
    expect(await subscriptions()).toEqual([{ endpoint: 'https://nobody.push.services.mozilla.com/e2e' }]);
    await shoot(page, 'notifications-choices-on');
    await page.getByRole('button', { name: 'Turn push off' }).click();
    await expect(page.getByRole('button', { name: 'Turn push on' })).toBeVisible();
    expect(await subscriptions()).toEqual([]);
  });

  await test.step('what comes is shown', async () => {
    const session = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const id = registrations[0]?.registrationId;
        if (id !== undefined) resolve(id);
      });
    });
    await session.send('ServiceWorker.enable');
    const note = { id: 'n-1', title: 'Atego ist abgefahren', body: 'Gala', language: 'de', path: '/trucks' };
    await session.send('ServiceWorker.deliverPushMessage', {
      origin: stack.url,
      registrationId: await registered,
      data: JSON.stringify(note),
    });
    const shown = () =>
      page.evaluate(async () => {
        const worker = await navigator.serviceWorker.ready;
        return (await worker.getNotifications()).map(({ title, body, tag, lang, data }) => ({
          ...{ title, body, tag, lang, path: data.path },
        }));
      });
    await expect
      .poll(shown)
      .toEqual([{ title: note.title, body: note.body, tag: note.id, lang: 'de', path: note.path }]);
  });

  await test.step('on a phone, in German, in each theme, and without a server', async () => {
    await speakGerman(miriam);
    await page.setViewportSize(phoneView.viewport);
    for (const theme of ['light', 'contrast', 'dark']) {
      await page.evaluate((name) => localStorage.setItem('eventkit.theme', name), theme);
      await page.reload();
      await expect(page.getByText('Ein Fahrzeug fährt ab').first()).toBeVisible();
      await shoot(page, `phone-notifications-choices-${theme}`);
    }
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('Wie gemeldet wird, liegt auf dem Server.')).toBeVisible();
    await shoot(page, 'phone-notifications-choices-offline');
  });
});

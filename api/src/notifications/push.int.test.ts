import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { decodeJwt, importJWK, type JWK, jwtVerify } from 'jose';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSession } from '#auth/session-store.ts';
import type { Principal } from '#http/caller.ts';
import { callRpc } from '#testing/post-rpc.ts';
import { type PushService, startPushService } from '#testing/start-push-service.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { findCompaniesWithDues } from './find-companies-with-dues.ts';
import { pushDue } from './push-due.ts';
import { openPushKey } from './push-key-store.ts';
import { createPusher, type Pusher, pushKeyOf } from './send-push.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
let service: PushService;
let pusher: Pusher;
let key: JWK;
beforeAll(async () => {
  api = await startTestApi();
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'push test' });
  owner = pool('owner');
  app = pool('eventkit_app');
  service = await startPushService();
  key = await openPushKey(owner);
  pusher = createPusher({ key, publicUrl: new URL('https://rental.test'), fetch: service.fetch });
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end(), service.stop()]);
  await api.stop();
});
beforeEach(async () => {
  await owner.query(
    'DELETE FROM notifications; DELETE FROM notification_preferences; DELETE FROM quiet_hours; DELETE FROM sessions',
  );
  await owner.query('UPDATE devices SET revoked_at = NULL WHERE id = $1', [api.companies[0].deviceId]);
  await owner.query(`UPDATE users SET locale = 'en', time_zone = NULL, deactivated_at = NULL`);
  service.status = 201;
});

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/a-browser';
const scopeOf = (company: 0 | 1) => ({
  ...{ tenantId: api.companies[company].tenantId, userId: null, deviceId: null },
  ...{ operationId: null, requestId: null },
});
/** Something that admins are told, and are pushed unless they say otherwise. */
const tell = async (company: 0 | 1 = 0, kind = 'device_wiped') => {
  const { tenantId } = api.companies[company];
  await owner.query(
    `SELECT notify_users($1, holders_of_kind($1, $2, NULL), $2, gen_random_uuid()::text, 's', 'Tablet Dock 2', '', now())`,
    [tenantId, kind],
  );
};

type Role = 'admin' | 'warehouse' | 'planner';
async function inBrowser(role: Role, company: 0 | 1 = 0) {
  const { tenantId, users, deviceId } = api.companies[company];
  const session = await createSession(app, { tenantId, userId: users[role].id } as Principal, {
    ...{ idToken: null, refreshToken: null, providerSid: null, lifetimeS: 3600 },
  });
  const headers = { cookie: `eventkit=${session}`, 'sec-fetch-site': 'same-origin' };
  const ask = (rpc: string, body: unknown = {}) =>
    callRpc(api.url, `NotificationService/${rpc}`, { body, headers });
  return {
    ask,
    preferences: async () => (await ask('GetPreferences', { deviceId })).body,
    choose: (kind: string, isPushed: boolean, rest: object = {}) =>
      ask('SaveChoice', { choice: { kind: `NOTIFICATION_KIND_${kind}`, isListed: true, isPushed, ...rest } }),
    subscribe: (rest: object = {}) =>
      ask('Subscribe', { deviceId, endpoint: ENDPOINT, ...service.keys, ...rest }),
    unsubscribe: () => ask('Unsubscribe', { deviceId }),
  };
}
const push = (company: 0 | 1 = 0) => withTenant(app, scopeOf(company), (tx) => pushDue(pusher, tx));
const subscribed = async () => (await owner.query('SELECT FROM push_subscriptions')).rowCount;
const due = () => findCompaniesWithDues(app, 'push');

test('the key is made once, and is the same for whoever asks; the app cannot read it', async () => {
  expect(await openPushKey(owner)).toEqual(key);
  expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', d: expect.any(String) });
  await expect(app.query('SELECT FROM push_keys')).rejects.toThrow(/permission denied/);
});

describe('a push', () => {
  test('reaches the browser encrypted, signed by this installation, in its language, once', async () => {
    const { users, tenantId } = api.companies[0];
    await owner.query(`UPDATE users SET locale = 'de' WHERE id = $1`, [users.admin.id]);
    const admin = await inBrowser('admin');
    expect((await admin.subscribe()).status).toBe(200);
    await tell();
    expect(await due()).toEqual([tenantId]);
    expect(await push(1)).toBe(0);
    expect(await push()).toBe(1);
    expect(await push()).toBe(0);
    expect(await due()).toEqual([]);
    const { note, authorization } = service.received.at(-1) ?? { note: null, authorization: '' };
    expect(note).toMatchObject({
      title: 'Tablet Dock 2 hat alles gelöscht, was darauf war',
      ...{ body: '', language: 'de', path: '/sync-health' },
    });
    const [, token = '', said] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
    expect(said).toBe(pushKeyOf(key));
    const { d: _, ...publicHalf } = key;
    await jwtVerify(token, await importJWK(publicHalf, 'ES256'), { audience: 'https://fcm.googleapis.com' });
    expect(decodeJwt(token).sub).toBe('https://rental.test');
  });

  test('is of those who asked for it, and of nobody else’s browser', async () => {
    await (await inBrowser('warehouse')).subscribe();
    await (await inBrowser('admin', 1)).subscribe();
    await tell();
    expect(await due()).toEqual([]);
  });

  test('is not sent where it is not wanted, was read, is old, or the person is gone', async () => {
    const admin = await inBrowser('admin');
    await admin.subscribe();
    await admin.choose('DEVICE_WIPED', false);
    await tell();
    expect(await due()).toEqual([]);
    await admin.choose('DEVICE_WIPED', true);
    for (const end of [
      'UPDATE notifications SET read_at = now()',
      `UPDATE notifications SET happened_at = now() - interval '25 hours'`,
      'UPDATE users SET deactivated_at = now()',
    ]) {
      await tell();
      expect(await due()).toHaveLength(1);
      await owner.query(end);
      expect(await push()).toBe(0);
      expect(await due()).toEqual([]);
    }
  });

  test('waits in quiet hours, by the person’s own clock', async () => {
    const { users } = api.companies[0];
    const admin = await inBrowser('admin');
    await admin.subscribe();
    // On the one side of the earth it is noon when it is midnight on the other.
    const { rows } = await owner.query<{ minute: number }>(
      `SELECT (extract(hour FROM at) * 60 + extract(minute FROM at))::int AS minute FROM (SELECT now() AT TIME ZONE 'Pacific/Tongatapu' AS at) AS t`,
    );
    const minute = rows[0]?.minute ?? 0;
    const quiet = { fromMinute: (minute + 1380) % 1440, untilMinute: (minute + 60) % 1440 };
    expect((await admin.ask('SaveQuietHours', { quiet })).status).toBe(200);
    const live = (zone: string) =>
      owner.query('UPDATE users SET time_zone = $2 WHERE id = $1', [users.admin.id, zone]);
    await live('Pacific/Tongatapu');
    await tell();
    expect(await push()).toBe(0);
    expect(await due()).toHaveLength(1);
    await live('Not/AZone');
    expect(await push()).toBe(1);
    await live('Pacific/Tongatapu');
    await tell();
    expect(await push()).toBe(0);
    await admin.ask('SaveQuietHours', {});
    expect(await push()).toBe(1);
  });

  test('ends with the session, with the device, with a wipe, and where nobody is any more', async () => {
    const { users, deviceId } = api.companies[0];
    const subscribeAgain = async () => (await inBrowser('admin')).subscribe();
    await subscribeAgain();
    await owner.query('DELETE FROM sessions WHERE user_id = $1', [users.admin.id]);
    expect(await subscribed()).toBe(0);
    await subscribeAgain();
    await owner.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [deviceId]);
    expect(await subscribed()).toBe(0);
    expect((await subscribeAgain()).status).toBe(404);
    await owner.query('UPDATE devices SET revoked_at = NULL WHERE id = $1', [deviceId]);
    await subscribeAgain();
    service.status = 410;
    await tell();
    expect(await push()).toBe(0);
    expect(await subscribed()).toBe(0);
  });

  test('follows no redirect', async () => {
    await (await inBrowser('admin')).subscribe();
    await tell();
    service.status = 307;
    const before = service.received.length;
    expect(await push()).toBe(0);
    expect(service.received).toHaveLength(before + 1);
  });

  test('of a session that ran out is none', async () => {
    await (await inBrowser('admin')).subscribe();
    await tell();
    await owner.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`);
    expect(await push()).toBe(0);
  });

  test('goes to push services only, to devices of the own company, asked for in a browser', async () => {
    const admin = await inBrowser('admin');
    for (const endpoint of ['https://127.0.0.1/', 'http://fcm.googleapis.com/x', 'https://example.com/'])
      expect((await admin.subscribe({ endpoint })).status).toBe(400);
    expect((await admin.subscribe({ deviceId: api.companies[1].deviceId })).status).toBe(404);
    expect((await admin.subscribe({ p256dh: 'short' })).status).toBe(400);
    const bearer = await api.provider.accessToken(api.companies[0].users.admin);
    const body = { deviceId: api.companies[0].deviceId, endpoint: ENDPOINT, ...service.keys };
    expect((await callRpc(api.url, 'NotificationService/Subscribe', { body, bearer })).status).toBe(404);
    expect(await subscribed()).toBe(0);
  });

  test('is ended by who began it alone', async () => {
    const [admin, planner, other] = [
      await inBrowser('admin'),
      await inBrowser('planner'),
      await inBrowser('admin', 1),
    ];
    await admin.subscribe();
    expect((await admin.preferences())['isSubscribed']).toBe(true);
    expect((await planner.preferences())['isSubscribed']).toBe(undefined);
    await planner.unsubscribe();
    await other.ask('Unsubscribe', { deviceId: api.companies[0].deviceId });
    expect(await subscribed()).toBe(1);
    await admin.unsubscribe();
    expect(await subscribed()).toBe(0);
  });
});

describe('preferences', () => {
  const kindsOf = (body: Record<string, unknown>) =>
    (body['choices'] as { kind: string }[]).map(({ kind }) => kind.replace('NOTIFICATION_KIND_', ''));

  test('are of what a person can be told of, theirs alone, and say the zone of their quiet hours', async () => {
    const { users } = api.companies[0];
    await owner.query(`UPDATE users SET time_zone = 'Asia/Tokyo' WHERE id = $1`, [users.planner.id]);
    const [planner, warehouse] = [await inBrowser('planner'), await inBrowser('warehouse')];
    await planner.choose('TRUCK_LEFT', false, { isListed: false, isMailed: true });
    const own = await planner.preferences();
    expect(kindsOf(own)).toEqual(['OWN_CONFLICT', 'OPEN_CONFLICT', 'TRUCK_LEFT', 'TRUCK_ARRIVED']);
    expect(own).toMatchObject({
      choices: [
        { isListed: true, isPushed: true },
        {},
        { kind: 'NOTIFICATION_KIND_TRUCK_LEFT', isMailed: true },
        { isListed: true, isPushed: true },
      ],
      timeZone: 'Asia/Tokyo',
    });
    expect(kindsOf(await warehouse.preferences())).toEqual(['OWN_CONFLICT', 'OPEN_CONFLICT', 'HELD_BACK']);
  });

  test('of what is not to be listed keep it from the list, and make nothing where nothing is wanted', async () => {
    const admin = await inBrowser('admin');
    const rows = async () =>
      (
        await owner.query<{ unlisted: boolean }>(
          'SELECT unlisted_at IS NOT NULL AS unlisted FROM notifications',
        )
      ).rows;
    await admin.choose('DEVICE_WIPED', true, { isListed: false });
    await tell();
    expect(await rows()).toEqual([]);
    await admin.subscribe();
    await tell();
    expect(await rows()).toEqual([{ unlisted: true }]);
  });

  test('let those who may settle conflicts hear of those of others, and nobody twice', async () => {
    const { tenantId, conflictId, users } = api.companies[0];
    const again = (id: string) =>
      owner.query(
        `INSERT INTO conflicts SELECT (jsonb_populate_record(c, jsonb_build_object('id', $2::text))).* FROM conflicts c
         WHERE id = $1 AND tenant_id = $3`,
        [conflictId, id, tenantId],
      );
    const told = async () =>
      (await owner.query('SELECT user_id, kind FROM notifications ORDER BY kind DESC')).rows;
    await again('one');
    expect(await told()).toEqual([{ user_id: users.warehouse.id, kind: 'own_conflict' }]);
    for (const role of ['planner', 'warehouse'] as const)
      await (await inBrowser(role)).choose('OPEN_CONFLICT', false);
    await owner.query('DELETE FROM notifications');
    await again('two');
    expect(await told()).toEqual([
      { user_id: users.warehouse.id, kind: 'own_conflict' },
      { user_id: users.planner.id, kind: 'open_conflict' },
    ]);
    await owner.query(`UPDATE conflicts SET status = 'settled' WHERE id = 'two'`);
    expect((await owner.query('SELECT FROM notifications WHERE read_at IS NULL')).rowCount).toBe(0);
  });

  test.each([
    ['SaveChoice', { choice: { kind: 'NOTIFICATION_KIND_UNSPECIFIED' } }],
    ['SaveChoice', { choice: { kind: 99 } }],
    ['SaveChoice', {}],
    ['SaveQuietHours', { quiet: { fromMinute: 1440, untilMinute: 0 } }],
    ['GetPreferences', { deviceId: 'x' }],
  ])('that are none are refused: %s %j', async (rpc, body) => {
    expect((await (await inBrowser('admin')).ask(rpc, body)).status).toBe(400);
  });
});

test.each([
  [1320, 360, '2026-11-23 23:00', true],
  [1320, 360, '2026-11-23 05:59', true],
  [1320, 360, '2026-11-23 06:00', false],
  [540, 600, '2026-11-23 09:30', true],
  [540, 600, '2026-11-23 10:00', false],
  [0, 0, '2026-11-23 10:00', true],
])('quiet from %s until %s at %s: %s', async (from, until, at, isQuiet) => {
  const { rows } = await owner.query('SELECT is_quiet($1, $2, $3) AS quiet', [from, until, at]);
  expect(rows).toEqual([{ quiet: isQuiet }]);
});

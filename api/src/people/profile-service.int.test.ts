import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { ProfileService } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSession, findSession } from '#auth/session-store.ts';
import type { Principal } from '#http/caller.ts';
import { answerOf } from '#testing/answer-of.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  api = await startTestApi();
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'profile test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM sessions');
});

const client = () =>
  createClient(ProfileService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
const crew = () => api.companies[0].users.crew;
const as = async (user: { readonly id: string; readonly email: string }, requestId = 'a-call') => ({
  headers: {
    authorization: `Bearer ${await api.provider.accessToken(user)}`,
    'x-request-id': requestId,
  },
});
/** As the browser that is signed in with this session. */
const within = (sessionId: string) => ({
  headers: { cookie: `eventkit=${sessionId}`, 'sec-fetch-site': 'same-origin' },
});

function signIn(companyIndex: 0 | 1, userId: string, userAgent: string): Promise<string> {
  const principal = { tenantId: api.companies[companyIndex].tenantId, userId } as Principal;
  const tokens = { idToken: null, refreshToken: null, providerSid: null, lifetimeS: 3600 };
  return createSession(app, principal, { ...tokens, userAgent });
}

/** What a call was refused with: its code, its reason, its field. */
async function refusalOf(call: Promise<unknown>): Promise<readonly unknown[]> {
  const { code, detail } = await answerOf(call);
  return code === 'ok' ? [code] : [code, detail?.reason, detail?.field];
}

describe('people of every role', () => {
  test('change their own name and language, and nothing else of themselves', async () => {
    const call = await as(crew(), 'own-profile');
    expect(await client().updateProfile({ name: ' Kim  ', locale: 'de' }, call)).toMatchObject({
      ...{ name: 'Kim', locale: 'de' },
    });
    expect(await client().updateProfile({ locale: 'en' }, call)).toMatchObject({ name: 'Kim', locale: 'en' });
    expect(await client().getProfile({}, call)).toMatchObject({
      ...{ name: 'Kim', locale: 'en', email: crew().email },
    });
    const { rows } = await owner.query(
      `SELECT row_id AS "rowId", user_id AS "userId" FROM audit_log
       WHERE request_id = 'own-profile' AND changes ? 'locale'`,
    );
    expect(rows).toEqual([1, 2].map(() => ({ rowId: crew().id, userId: crew().id })));
    const { rows: roles } = await owner.query('SELECT role, email FROM users WHERE id = $1', [crew().id]);
    expect(roles).toEqual([{ role: 'crew', email: crew().email }]);
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'A\r\nBcc: all@example.com' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ locale: 'fr' }, 'locale'],
    [{ timeZone: 'Europe/Atlantis' }, 'time_zone'],
    [{ timeZone: '+02:00' }, 'time_zone'],
    [{ timeZone: 'x'.repeat(65) }, 'time_zone'],
  ])('are refused %j at its field', async (change, field) => {
    expect(await refusalOf(client().updateProfile(change, await as(crew())))).toEqual([
      ...['InvalidArgument', 'invalid', field],
    ]);
  });

  test('read times in their own zone, or in the company’s, and never change anybody else’s', async () => {
    const call = await as(crew(), 'own-zone');
    const auth = createClient(AuthService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
    const zones = async (who = crew()) => (await auth.getMe({}, await as(who))).timeZone;
    const { companyTimeZone } = await client().getProfile({}, call);
    expect(await zones()).toBe(companyTimeZone);
    expect(await client().updateProfile({ timeZone: 'Asia/Tokyo' }, call)).toMatchObject({
      timeZone: 'Asia/Tokyo',
    });
    expect(await client().updateProfile({ locale: 'en' }, call)).toMatchObject({ timeZone: 'Asia/Tokyo' });
    expect([await zones(), await zones(api.companies[0].users.planner)]).toEqual([
      'Asia/Tokyo',
      companyTimeZone,
    ]);
    const { rows } = await owner.query(
      `SELECT row_id AS "rowId" FROM audit_log WHERE request_id = 'own-zone' AND changes ? 'time_zone'`,
    );
    expect(rows).toEqual([{ rowId: crew().id }]);
    await client().updateProfile({ timeZone: '' }, call);
    expect(await client().getProfile({}, call)).toMatchObject({ timeZone: '', companyTimeZone });
    expect(await zones()).toBe(companyTimeZone);
  });

  test('see where they are signed in, which of it is this browser, and their own devices only', async () => {
    const { warehouse, planner } = api.companies[0].users;
    const old = await signIn(0, warehouse.id, 'Firefox/150.0');
    const phone = await signIn(0, warehouse.id, 'x'.repeat(1000));
    await signIn(0, planner.id, 'of somebody else');
    await owner.query(
      `UPDATE sessions SET created_at = created_at - interval '1 day' WHERE user_agent ^@ 'F'`,
    );
    const { sessions, devices } = await client().getProfile({}, within(old));
    expect(sessions.map(({ userAgent, isThis }) => [userAgent, isThis])).toEqual([
      ['x'.repeat(400), false],
      ['Firefox/150.0', true],
    ]);
    expect(devices.map(({ name, isRevoked }) => [name, isRevoked])).toEqual([
      ['Dock 2', false],
      ['Lost phone', true],
    ]);
    expect((await client().getProfile({}, await as(planner))).devices).toEqual([]);
    // What names a session opens none.
    for (const { sessionId } of sessions) expect(await findSession(app, sessionId)).toBeNull();
    expect((await client().getProfile({}, within(phone))).sessions[0]?.isThis).toBe(true);
  });

  test('end another of their sessions, at once', async () => {
    const { id } = api.companies[0].users.warehouse;
    const [lost, here] = [await signIn(0, id, 'Lost'), await signIn(0, id, 'Here')];
    const { sessions } = await client().getProfile({}, within(here));
    const sessionId = sessions.find(({ userAgent }) => userAgent === 'Lost')?.sessionId ?? '';
    await client().endSession({ sessionId: sessionId.toUpperCase() }, within(here));
    expect(await findSession(app, lost)).toBeNull();
    expect(await findSession(app, here)).not.toBeNull();
    expect((await refusalOf(client().getProfile({}, within(lost))))[0]).toBe('Unauthenticated');
  });

  test('never end the session of somebody else: it answers as one of nobody', async () => {
    const [north, south] = api.companies;
    await signIn(0, north.users.planner.id, 'colleague');
    await signIn(1, south.users.warehouse.id, 'stranger');
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM sessions');
    expect(rows).toHaveLength(2);
    const call = await as(north.users.warehouse);
    for (const sessionId of [...rows.map(({ id }) => id), '01a00000-0000-7000-8000-0000000000aa'])
      expect(await refusalOf(client().endSession({ sessionId }, call))).toEqual([
        ...['NotFound', 'not_found', 'session_id'],
      ]);
    expect((await owner.query('SELECT FROM sessions')).rowCount).toBe(2);
  });
});

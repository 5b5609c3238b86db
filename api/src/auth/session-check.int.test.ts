import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestBrowser, type TestBrowser } from '#testing/create-test-browser.ts';
import { type ExternalProvider, startExternalProvider } from '#testing/start-external-provider.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { connectIdentityProvider, type IdentityProvider } from './identity-provider.ts';

const SUBJECT = 'planner-at-work';
let api: TestApi;
let external: ExternalProvider;
let provider: IdentityProvider;
let origin: string;
let database: pg.Client;
let browser: TestBrowser;

beforeAll(async () => {
  external = await startExternalProvider();
  const { issuer, clientId, clientSecret } = external;
  provider = connectIdentityProvider({ issuer, clientId, clientSecret, asksEveryTime: false });
  api = await startTestApi(({ publicUrl }) => {
    origin = publicUrl.origin;
    external.allowRedirect(new URL('/auth/callback', publicUrl).href);
    return { provider };
  });
  database = new pg.Client({ connectionString: api.ownerUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await api.stop();
  await external.goDown();
});

beforeEach(async () => {
  const { email } = api.companies[0].users.planner;
  external.behaviour.accountsBySubject.set(SUBJECT, { email, isEmailVerified: true });
  await database.query('DELETE FROM sessions');
  browser = createTestBrowser(origin);
  const login = await browser.open('/auth/login');
  await browser.open(`${login.url.href}/${SUBJECT}`);
  expect((await me()).status).toBe(200);
});
afterEach(() => {
  external.behaviour.failTokensWith = null;
});

function me(): Promise<Response> {
  return browser.call('/eventkit.v1.AuthService/GetMe', {});
}

async function letTenMinutesPass(): Promise<void> {
  await database.query(`UPDATE sessions SET check_due_at = check_due_at - interval '10 minutes'`);
}

async function refreshToken(): Promise<string | null> {
  const { rows } = await database.query<{ refresh_token: string }>('SELECT refresh_token FROM sessions');
  return rows[0]?.refresh_token ?? null;
}

function refreshesSince(count: number): string[] {
  return external.events.slice(count).filter((event) => event === 'refresh_token');
}

test('a session in use asks nothing for ten minutes, then exchanges its token once', async () => {
  const before = external.events.length;
  const first = await refreshToken();
  await me();
  await api.sessionCheck.settled();
  expect(refreshesSince(before)).toHaveLength(0);

  await letTenMinutesPass();
  for (const _again of [1, 2, 3]) {
    expect((await me()).status).toBe(200);
    await api.sessionCheck.settled();
  }
  expect(refreshesSince(before)).toHaveLength(1);
  const second = await refreshToken();
  expect(second).toEqual(expect.any(String));
  expect(second).not.toBe(first);
});

test('what was given in exchange is what the next exchange uses', async () => {
  const before = external.events.length;
  for (const _again of [1, 2, 3]) {
    await letTenMinutesPass();
    expect((await me()).status).toBe(200);
    await api.sessionCheck.settled();
  }
  expect(refreshesSince(before)).toHaveLength(3);
  expect(external.events.slice(before)).not.toContain('revoked');
});

test('twenty requests at once use the token once, so that nothing looks like a theft', async () => {
  const before = external.events.length;
  await letTenMinutesPass();
  const answers = await Promise.all(Array.from({ length: 20 }, me));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  await api.sessionCheck.settled();
  expect(external.events.slice(before)).toEqual(['refresh_token']);
  expect((await me()).status).toBe(200);
});

describe('a session ends', () => {
  test('when the provider blocked the person', async () => {
    external.behaviour.accountsBySubject.delete(SUBJECT);
    await letTenMinutesPass();
    expect((await me()).status).toBe(200);
    await api.sessionCheck.settled();
    expect((await me()).status).toBe(401);
    expect(await refreshToken()).toBeNull();
    expect(api.logLines.some((line) => line.includes('session ended by the identity provider'))).toBe(true);
  });

  test('when its token was taken back', async () => {
    await database.query(`UPDATE sessions SET refresh_token = 'taken-back'`);
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    expect((await me()).status).toBe(401);
  });

  test.each(['first', 'second'])('when somebody else uses its token too, and is the %s to', async (place) => {
    const stolen = { refreshToken: String(await refreshToken()), idToken: null };
    const checkSession = async () => {
      await letTenMinutesPass();
      await me();
      await api.sessionCheck.settled();
    };
    if (place === 'second') await checkSession();
    const theft = await provider.refresh(stolen);
    expect(theft.ok).toBe(place === 'first');
    await checkSession();
    expect((await me()).status).toBe(401);
    expect(external.events).toContain('revoked');
    // Whichever of the two was given last: the whole family is worth nothing.
    const kept = theft.ok ? theft.value : stolen;
    expect(await provider.refresh(kept)).toMatchObject({ error: { tag: 'refresh_refused' } });
  });

  test('when the provider answers with another person', async () => {
    external.behaviour.forgeIdToken = (claims) => ({ ...claims, sub: 'somebody else' });
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    external.behaviour.forgeIdToken = null;
    expect((await me()).status).toBe(401);
  });

  test('at once when EventKit deactivated its user, whatever the provider thinks', async () => {
    const { id } = api.companies[0].users.planner;
    await database.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [id]);
    const paths = ['AuthService/GetMe', 'InventoryService/ListAssets', 'AuthService/CreateSyncToken'];
    for (const path of paths) {
      const body = path.endsWith('CreateSyncToken') ? { deviceId: api.companies[0].deviceId } : {};
      expect((await browser.call(`/eventkit.v1.${path}`, body)).status, path).toBe(401);
    }
    await database.query('UPDATE users SET deactivated_at = NULL WHERE id = $1', [id]);
  });
});

describe('a session stays', () => {
  test('while the provider is away, and is checked again ten minutes later', async () => {
    await external.goDown();
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    expect((await me()).status).toBe(200);
    expect(api.logLines.some((line) => line.includes('session kept'))).toBe(true);
    await external.comeBack();
    const before = external.events.length;
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    expect(refreshesSince(before)).toHaveLength(1);
    expect((await me()).status).toBe(200);
  });

  test.each([500, 503, 429])('while the provider has troubles of its own (%i)', async (status) => {
    external.behaviour.failTokensWith = status;
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    expect((await me()).status).toBe(200);
  });

  test('where the provider gave no refresh token', async () => {
    const before = external.events.length;
    await database.query('UPDATE sessions SET refresh_token = NULL');
    await letTenMinutesPass();
    await me();
    await api.sessionCheck.settled();
    expect((await me()).status).toBe(200);
    expect(external.events).toHaveLength(before);
  });
});

test('signing out takes the refresh token back at the provider', async () => {
  const token = await refreshToken();
  await browser.call('/auth/logout', {}, { accept: 'application/json' });
  expect(await refreshToken()).toBeNull();
  expect(await provider.refresh({ refreshToken: String(token), idToken: null })).toMatchObject({
    ok: false,
    error: { tag: 'refresh_refused' },
  });
});

test('deactivating a person takes the refresh tokens of all of their sessions back at the provider', async () => {
  const { planner, admin } = api.companies[0].users;
  external.behaviour.accountsBySubject.set('admin-at-work', { email: admin.email, isEmailVerified: true });
  const token = await refreshToken();
  const adminsBrowser = createTestBrowser(origin);
  const login = await adminsBrowser.open('/auth/login');
  await adminsBrowser.open(`${login.url.href}/admin-at-work`);
  const answer = await adminsBrowser.call('/eventkit.v1.PeopleService/DeactivatePerson', {
    personId: planner.id,
  });
  expect(answer.status).toBe(200);
  await api.tokenRevocation.settled();
  expect(await provider.refresh({ refreshToken: String(token), idToken: null })).toMatchObject({
    error: { tag: 'refresh_refused' },
  });
  await database.query('UPDATE users SET deactivated_at = NULL WHERE id = $1', [planner.id]);
});

test('signing out works while the provider is away', async () => {
  await external.goDown();
  const answer = await browser.call('/auth/logout', {}, { accept: 'application/json' });
  await external.comeBack();
  expect(answer.status).toBe(200);
  expect((await me()).status).toBe(401);
});

test('no token is ever written to the log', async () => {
  await letTenMinutesPass();
  await me();
  await api.sessionCheck.settled();
  const token = await refreshToken();
  expect(api.logLines.join('')).not.toContain(String(token));
});

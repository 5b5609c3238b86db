import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInRoles } from '@eventkit/shared/permissions/roles.ts';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBrowser, type TestBrowser } from '#testing/create-test-browser.ts';
import { startTestApi, type TestApi, type TestSurroundings } from '#testing/start-test-api.ts';
import {
  createEmbeddedProvider,
  type EmbeddedProvider,
} from './embedded-provider/create-embedded-provider.ts';
import type { DemoAccount } from './embedded-provider/demo-account.ts';
import { signInWithTicket } from './embedded-provider/sign-in-with-ticket.ts';
import { connectIdentityProvider } from './identity-provider.ts';

const clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };
let api: TestApi;
let folder: string;
let provider: EmbeddedProvider;
let publicUrl: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventkit-sign-in-'));
  api = await startTestApi(async (surroundings) => {
    publicUrl = surroundings.publicUrl;
    provider = await startProvider(surroundings);
    return { nodeRoutes: [provider.route], provider: connectIdentityProvider(provider.settings) };
  });
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
  await rm(folder, { recursive: true });
});

function startProvider(surroundings: TestSurroundings): Promise<EmbeddedProvider> {
  return createEmbeddedProvider({
    publicUrl: surroundings.publicUrl,
    folder,
    clock,
    log: pino({ level: 'silent' }),
    listAccounts: async () => accountsOf(surroundings.companies),
  });
}

function accountsOf(companies: TestApi['companies']): DemoAccount[] {
  return companies.flatMap(({ users }, index) =>
    builtInRoles.map((role) => ({
      ...users[role],
      role,
      name: `${role} ${index}`,
      company: `Company ${index}`,
    })),
  );
}

async function signIn(browser: TestBrowser, userId: string, path = '/auth/login') {
  const page = await browser.open(path);
  return browser.submit(page, { account: userId });
}

function me(browser: TestBrowser, headers: Record<string, string> = {}) {
  return browser.call('/eventkit.v1.AuthService/GetMe', {}, headers);
}

describe('signing in', () => {
  test('leads by the login page back to where the person wanted to go', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    const login = await browser.open('/auth/login?return=/events/88');
    expect(login.url.pathname).toMatch(/^\/oidc\/login\//);
    expect(login.text).toContain('Who are you today?');
    for (const { name, email } of accountsOf(api.companies)) {
      expect(login.text).toContain(name);
      expect(login.text).toContain(email);
    }
    const page = await browser.submit(login, { account: api.companies[0].users.planner.id });
    expect(page.url.pathname).toBe('/events/88');
    expect(await (await me(browser)).json()).toMatchObject({
      userId: api.companies[0].users.planner.id,
      role: 'planner',
    });
  });

  test('speaks German where the browser does', async () => {
    const login = await createTestBrowser(publicUrl.origin, 'de-AT,de;q=0.9,en;q=0.8').open('/auth/login');
    expect(login.text).toContain('Wer ist heute hier?');
    expect(login.text).toContain('lang="de"');
  });

  test('leaves one cookie that scripts cannot read and other sites cannot send, and no token', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[0].users.admin.id);
    const own = [...browser.cookies].filter(([name]) => name.includes('eventkit'));
    expect(own.map(([name]) => name)).toEqual(['__Host-eventkit']);
    const { value, attributes } = browser.cookies.get('__Host-eventkit') ?? { value: '', attributes: '' };
    expect(attributes).toMatch(/^Path=\/; Max-Age=1209600; HttpOnly; Secure; SameSite=Strict$/);
    expect(Buffer.from(value, 'base64url')).toHaveLength(32);
  });

  test('the database knows the hash of the session only, and the refresh token stays there', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[1].users.warehouse.id);
    const value = browser.cookies.get('__Host-eventkit')?.value ?? '';
    const client = new pg.Client({ connectionString: api.ownerUrl });
    await client.connect();
    const { rows } = await client.query('SELECT * FROM sessions WHERE user_id = $1', [
      api.companies[1].users.warehouse.id,
    ]);
    await client.end();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(value);
    expect(rows[0].id_hash.toString('base64url')).not.toBe(value);
    expect(rows[0].refresh_token).toEqual(expect.any(String));
  });

  test('asks who it is every time, so that two people can share a tablet', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[0].users.admin.id);
    await signIn(browser, api.companies[0].users.warehouse.id);
    expect(await (await me(browser)).json()).toMatchObject({ role: 'warehouse' });
  });
});

test('a person who was deactivated has no way in, by session or by token, from that moment on', async () => {
  const { id, email } = api.companies[1].users.planner;
  const browser = createTestBrowser(publicUrl.origin);
  await signIn(browser, id);
  const authorization = `Bearer ${await signInWithTicket({ clock }, { publicUrl, folder, email })}`;
  expect((await me(browser)).status).toBe(200);
  expect((await me(createTestBrowser(publicUrl.origin), { authorization })).status).toBe(200);

  const client = new pg.Client({ connectionString: api.ownerUrl });
  await client.connect();
  await client.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [id]);
  await client.end();
  expect((await me(browser)).status).toBe(401);
  expect((await me(createTestBrowser(publicUrl.origin), { authorization })).status).toBe(401);
  const page = await signIn(createTestBrowser(publicUrl.origin), id);
  expect(page.status).toBe(403);
  expect(page.text).toContain('not a user of EventKit');
});

describe('signing out', () => {
  test('ends the session on the server, not only in the browser', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[0].users.admin.id);
    const cookie = `__Host-eventkit=${browser.cookies.get('__Host-eventkit')?.value}`;
    const answer = await browser.call('/auth/logout', {}, { accept: 'application/json' });
    expect(await answer.json()).toEqual({ redirectTo: '/' });
    expect(browser.cookies.has('__Host-eventkit')).toBe(false);
    expect((await me(browser, { cookie })).status).toBe(401);
  });

  test('is not for other sites to do', async () => {
    const browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[0].users.admin.id);
    const answer = await browser.call(
      '/auth/logout',
      {},
      { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    expect((await me(browser)).status).toBe(200);
  });
});

describe('what other sites try', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = createTestBrowser(publicUrl.origin);
    await signIn(browser, api.companies[0].users.admin.id);
  });

  test.each([
    ['a script of another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring host', { origin: 'http://evil.localhost', 'sec-fetch-site': 'same-site' }],
    ['an old browser, by its origin', { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_what, headers) => {
    const answer = await me(browser, headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'permission_denied' });
  });

  test.each(['PUT', 'GET'])('the bytes of a photo, by %s', async (method) => {
    const cookie = `__Host-eventkit=${browser.cookies.get('__Host-eventkit')?.value}`;
    const send = (headers: Record<string, string>) =>
      fetch(new URL('/attachments/01a00000-0000-7000-8000-00000000abcd', publicUrl), {
        method,
        headers: { cookie, ...headers },
      });
    const foreign = await send({ origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' });
    expect([foreign.status, await foreign.json()]).toEqual([403, { error: 'cross_site' }]);
    const own = await send({ origin: publicUrl.origin, 'sec-fetch-site': 'same-origin' });
    expect([own.status, await own.json()]).toEqual([404, { error: 'not_found' }]);
  });

  test('a form, by its content type', async () => {
    const answer = await me(browser, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
  });

  test('a callback that this browser did not start', async () => {
    const stranger = createTestBrowser(publicUrl.origin);
    const page = await stranger.open('/auth/callback?code=abc&state=def');
    expect(page.status).toBe(400);
    expect(page.text).toContain('Nothing is lost');
    expect(stranger.cookies.has('__Host-eventkit')).toBe(false);
  });

  test('a callback with the code of somebody else', async () => {
    const victim = createTestBrowser(publicUrl.origin);
    await victim.open('/auth/login');
    const page = await victim.open(
      `/auth/callback?code=stolen&state=stolen&iss=${encodeURIComponent(provider.settings.issuer)}`,
    );
    expect(page.status).toBe(400);
    expect(victim.cookies.has('__Host-eventkit')).toBe(false);
  });

  test('a return address elsewhere', async () => {
    const victim = createTestBrowser(publicUrl.origin);
    const page = await signIn(victim, api.companies[0].users.admin.id, '/auth/login?return=//evil.test/');
    expect(page.url.origin).toBe(publicUrl.origin);
  });

  test('an account that the provider does not know', async () => {
    const page = await signIn(createTestBrowser(publicUrl.origin), 'nobody');
    expect(page.status).toBe(403);
  });
});

describe('the command line', () => {
  test('gets an access token by the same flow, with a ticket in place of a click', async () => {
    const { email, id } = api.companies[0].users.warehouse;
    const token = await signInWithTicket({ clock }, { publicUrl, folder, email });
    const answer = await fetch(new URL('/eventkit.v1.AuthService/GetMe', publicUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await answer.json()).toMatchObject({ userId: id, email });
  });

  test('gets nothing without the key of the data folder', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'eventkit-elsewhere-'));
    const { email } = api.companies[0].users.warehouse;
    await expect(signInWithTicket({ clock }, { publicUrl, folder: elsewhere, email })).rejects.toThrow(
      'data folder',
    );
    await rm(elsewhere, { recursive: true });
  });
});

test('a refresh token that is used twice ends its family: the session is over, and the newer token is worth nothing', async () => {
  const { id } = api.companies[0].users.manager;
  const browser = createTestBrowser(publicUrl.origin);
  await signIn(browser, id);
  const owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
  const token = async () => {
    const { rows } = await owner.query('SELECT refresh_token FROM sessions WHERE user_id = $1', [id]);
    return rows[0]?.refresh_token ?? null;
  };
  const checkSession = async () => {
    await owner.query(`UPDATE sessions SET check_due_at = now() WHERE user_id = $1`, [id]);
    const { status } = await me(browser);
    await api.sessionCheck.settled();
    return status;
  };
  const first = await token();
  expect(await checkSession()).toBe(200);
  const second = await token();
  expect(second).not.toBe(first);

  const asTheThief = connectIdentityProvider(provider.settings);
  for (const refreshToken of [first, second]) {
    expect(await asTheThief.refresh({ refreshToken, idToken: null })).toMatchObject({
      error: { tag: 'refresh_refused' },
    });
  }
  await checkSession();
  expect((await me(browser)).status).toBe(401);
  expect(await token()).toBeNull();
  await owner.end();
});

describe('the provider keeps', () => {
  test('its keys for its own account only', async () => {
    for (const name of [
      'provider.jwk.json',
      'provider-cookies.secret',
      'web-client.secret',
      'login-ticket.secret',
    ]) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  test('its keys and sessions over a restart', async () => {
    await signIn(createTestBrowser(publicUrl.origin), api.companies[0].users.admin.id);
    const before = await readFile(join(folder, 'provider.jwk.json'), 'utf8');
    await provider.stop();
    const again = await startProvider({ publicUrl, companies: api.companies });
    expect(again.settings.clientSecret).toBe(provider.settings.clientSecret);
    expect(await readFile(join(folder, 'provider.jwk.json'), 'utf8')).toBe(before);
    await again.stop();
    const kept = JSON.parse(await readFile(join(folder, 'sessions.json'), 'utf8')) as [string, unknown][];
    expect(kept.some(([key]) => key.startsWith('RefreshToken:'))).toBe(true);
  });
});

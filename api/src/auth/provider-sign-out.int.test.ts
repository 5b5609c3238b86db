import { generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultRateLimits } from '#http/limits/rate-limiter.ts';
import { createTestBrowser, type TestBrowser } from '#testing/create-test-browser.ts';
import { type ExternalProvider, startExternalProvider } from '#testing/start-external-provider.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { connectIdentityProvider, type IdentityProvider } from './identity-provider.ts';
import { BACK_CHANNEL_PATH, FRONT_CHANNEL_PATH } from './provider-sign-out-routes.ts';

const PLANNER = 'planner-at-work';
const WAREHOUSE = 'warehouse-at-work';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
let api: TestApi;
let external: ExternalProvider;
let provider: IdentityProvider;
let origin: string;
let database: pg.Client;

beforeAll(async () => {
  external = await startExternalProvider();
  const { issuer, clientId, clientSecret } = external;
  provider = connectIdentityProvider({ issuer, clientId, clientSecret, asksEveryTime: false });
  api = await startTestApi(({ publicUrl }) => {
    origin = publicUrl.origin;
    external.allowRedirect(new URL('/auth/callback', publicUrl).href);
    external.tellOfSignOuts(new URL(BACK_CHANNEL_PATH, publicUrl).href);
    return {
      provider,
      // One address sends everything that is forged here.
      rateLimits: { ...defaultRateLimits, address: null },
    };
  });
  database = new pg.Client({ connectionString: api.ownerUrl });
  await database.connect();
  const { planner, warehouse } = api.companies[0].users;
  external.behaviour.accountsBySubject
    .set(PLANNER, { email: planner.email, isEmailVerified: true })
    .set(WAREHOUSE, { email: warehouse.email, isEmailVerified: true });
});
afterAll(async () => {
  await database.end();
  await api.stop();
  await external.goDown();
});
beforeEach(async () => {
  await database.query('DELETE FROM sessions');
});

async function signIn(subject: string): Promise<TestBrowser> {
  const browser = createTestBrowser(origin);
  const login = await browser.open('/auth/login');
  await browser.open(`${login.url.href}/${subject}`);
  expect(await isSignedIn(browser)).toBe(true);
  return browser;
}

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  const { status } = await browser.call('/eventkit.v1.AuthService/GetMe', {});
  if (status !== 200 && status !== 401) throw new Error(`GetMe answered ${status}`);
  return status === 200;
}

/** What the provider calls the newest session of this kind of person. */
async function newestSid(): Promise<string> {
  const { rows } = await database.query('SELECT provider_sid FROM sessions ORDER BY created_at DESC LIMIT 1');
  return rows[0].provider_sid;
}

function send(logoutToken: string): Promise<Response> {
  return fetch(new URL(BACK_CHANNEL_PATH, origin), {
    method: 'POST',
    body: new URLSearchParams({ logout_token: logoutToken }),
  });
}

describe('signed out at the provider', () => {
  test('by the person there: the session here is over, and no other one', async () => {
    const [planner, warehouse] = [await signIn(PLANNER), await signIn(WAREHOUSE)];
    const page = await planner.open(`${external.issuer}/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await planner.submit(page, { xsrf, logout: 'yes' }, `${external.issuer}/session/end/confirm`);
    expect(await isSignedIn(planner)).toBe(false);
    expect(await isSignedIn(warehouse)).toBe(true);
  });

  test('one session by its name: other browsers of the same person stay', async () => {
    const first = await signIn(PLANNER);
    const sid = await newestSid();
    const second = await signIn(PLANNER);
    expect((await send(await external.logoutToken({ sid, sub: PLANNER }))).status).toBe(200);
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true]);
    expect((await send(await external.logoutToken({ sid: await newestSid() }))).status).toBe(200);
    expect(await isSignedIn(second)).toBe(false);
  });

  test('a person: all of their sessions end, nobody else’s', async () => {
    const [first, second, other] = [await signIn(PLANNER), await signIn(PLANNER), await signIn(WAREHOUSE)];
    const answer = await send(await external.logoutToken({ sub: PLANNER }));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const states = await Promise.all([first, second, other].map(isSignedIn));
    expect(states).toEqual([false, false, true]);
  });

  test('the refresh tokens that are left are taken back', async () => {
    await signIn(PLANNER);
    const { rows } = await database.query('SELECT refresh_token FROM sessions');
    await send(await external.logoutToken({ sub: PLANNER }));
    await api.tokenRevocation.settled();
    expect(await provider.refresh({ refreshToken: rows[0].refresh_token, idToken: null })).toMatchObject({
      error: { tag: 'refresh_refused' },
    });
  });

  test.each([undefined, 'JWT', 'application/logout+jwt'])('by a token of type %s', async (typ) => {
    const browser = await signIn(PLANNER);
    const header = { alg: 'RS256', kid: 'work', ...(typ === undefined ? {} : { typ }) };
    expect((await send(await external.logoutToken({ sub: PLANNER }, header))).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('somebody who has no session here: that is fine too', async () => {
    expect((await send(await external.logoutToken({ sub: 'guest' }))).status).toBe(200);
    expect((await send(await external.logoutToken({ sid: 'no-such-session' }))).status).toBe(200);
  });

  test('a session name of somebody else ends nothing', async () => {
    const planner = await signIn(PLANNER);
    const sid = await newestSid();
    expect((await send(await external.logoutToken({ sub: WAREHOUSE, sid }))).status).toBe(200);
    expect(await isSignedIn(planner)).toBe(true);
  });
});

describe('a logout token ends nothing', () => {
  const now = Math.floor(Date.now() / 1000);
  const typed = (typ: string) => ({ alg: 'RS256', kid: 'work', typ });
  test.each<[string, ...Parameters<ExternalProvider['logoutToken']>]>([
    ['of another issuer', { iss: 'https://evil.example' }, null],
    ['for another client', { aud: 'another-app' }, null],
    ['for no client', { aud: [] }, null],
    ['that expired', { exp: now - 60 }, null],
    ['that was made long ago, whatever its end', { iat: now - 3600, exp: now + 3600 }, null],
    ['from the future', { iat: now + 3600, exp: now + 7200 }, null],
    ['with a nonce, as ID tokens have', { nonce: 'n' }, null],
    ['with no events', { events: undefined }, null],
    ['with another event', { events: { 'urn:other': {} } }, null],
    ['with an event that is no object', { events: { [EVENT]: true } }, null],
    ['with a list for an event', { events: { [EVENT]: [] } }, null],
    ['with neither person nor session', { sub: undefined }, null],
    ['with a session that is no text', { sid: 7 }, null],
    ['without an id', { jti: undefined }, null],
    ['without an end', { exp: undefined }, null],
    ['that says not when it was made', { iat: undefined }, null],
    ['that is an access token', {}, typed('at+jwt')],
  ])('%s', async (_what, claims, header) => {
    const browser = await signIn(PLANNER);
    const answer = await send(await external.logoutToken({ sub: PLANNER, ...claims }, header));
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each([
    ['signed by nobody', 'none'],
    ['signed with what everybody knows', 'HS256'],
    ['signed by somebody else', 'RS256'],
  ])('%s', async (_what, alg) => {
    const browser = await signIn(PLANNER);
    const answer = await send(await forgedToken(alg));
    expect(answer.status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('that was changed on its way', async () => {
    const browser = await signIn(PLANNER);
    const [head, , signature] = (await external.logoutToken({ sub: 'guest' })).split('.');
    const [, body] = (await external.logoutToken({ sub: PLANNER })).split('.');
    expect((await send(`${head}.${body}.${signature}`)).status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('a second time', async () => {
    const token = await external.logoutToken({ sub: PLANNER });
    await signIn(PLANNER);
    expect((await send(token)).status).toBe(200);
    const again = await signIn(PLANNER);
    expect((await send(token)).status).toBe(400);
    expect(await isSignedIn(again)).toBe(true);
  });

  test('that began after it was made, in whichever process it is brought', async () => {
    const token = await external.logoutToken({ sub: PLANNER, iat: Math.floor(Date.now() / 1000) - 60 });
    const browser = await signIn(PLANNER);
    expect((await send(token)).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('that is the ID token of a session', async () => {
    const browser = await signIn(PLANNER);
    const { rows } = await database.query('SELECT id_token FROM sessions');
    expect((await send(rows[0].id_token)).status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('what is no logout token', () => {
  test.each([
    ['nothing', new URLSearchParams()],
    ['two of them', new URLSearchParams('logout_token=a&logout_token=b')],
    ['JSON', '{"logout_token":"a"}'],
    ['words', new URLSearchParams('logout_token=a.b.c')],
  ])('%s', async (_what, body) => {
    const answer = await fetch(new URL(BACK_CHANNEL_PATH, origin), { method: 'POST', body });
    expect(answer.status).toBe(400);
  });

  test('a flood of bytes', async () => {
    expect((await send('a'.repeat(100_000))).status).toBe(413);
  });

  test('is never written to the log', async () => {
    const token = await external.logoutToken({ sub: PLANNER, nonce: 'n' });
    await send(token);
    expect(api.logLines.some((line) => line.includes('logout token refused'))).toBe(true);
    expect(api.logLines.join('')).not.toContain(token.split('.')[2]);
  });
});

test('who brings many forged ones waits; who brings a true one does not', async () => {
  const strict = await startTestApi(() => ({
    provider,
    rateLimits: { ...defaultRateLimits, address: 1 },
  }));
  const bring = async (token: string) => {
    const body = new URLSearchParams({ logout_token: token });
    return (await fetch(`${strict.url}${BACK_CHANNEL_PATH}`, { method: 'POST', body })).status;
  };
  const statuses = await Promise.all(Array.from({ length: 20 }, () => bring('a.b.c')));
  expect(new Set(statuses)).toEqual(new Set([400, 429]));
  expect(await bring(await external.logoutToken({ sub: PLANNER }))).toBe(200);
  await strict.stop();
});

describe('by a frame of the provider’s own page', () => {
  const open = (query: Record<string, string>) =>
    fetch(new URL(`${FRONT_CHANNEL_PATH}?${new URLSearchParams(query)}`, origin));

  test('the named session ends, no other one', async () => {
    const first = await signIn(PLANNER);
    const sid = await newestSid();
    const second = await signIn(PLANNER);
    const answer = await open({ iss: external.issuer, sid });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toBe(
      `default-src 'none'; frame-ancestors ${external.issuer}`,
    );
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true]);
  });

  test('another issuer, no session, or no issuer end nothing', async () => {
    const browser = await signIn(PLANNER);
    const sid = await newestSid();
    const { issuer } = external;
    const wrong = [{ iss: 'https://evil.example', sid }, { iss: issuer }, { iss: issuer, sid: '' }, { sid }];
    for (const query of wrong) expect((await open(query)).status).toBe(400);
    expect((await open({ iss: issuer, sid: '%' })).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

async function forgedToken(alg: string): Promise<string> {
  const claims = {
    ...{ iss: external.issuer, aud: external.clientId, sub: PLANNER, jti: 'forged', events: { [EVENT]: {} } },
    ...{ iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 60 },
  };
  const header = { alg, kid: 'work', typ: 'logout+jwt' };
  if (alg === 'none') {
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
    return `${encode(header)}.${encode(claims)}.`;
  }
  const key =
    alg === 'HS256' ? new TextEncoder().encode('x'.repeat(32)) : (await generateKeyPair(alg)).privateKey;
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

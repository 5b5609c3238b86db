import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestBrowser, type TestBrowser } from '@eventkit/api/testing/create-test-browser.ts';
import {
  type ExternalProvider,
  startExternalProvider,
} from '@eventkit/api/testing/start-external-provider.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import type { JWTPayload } from 'jose';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { storeCompany } from '#commands/store-company.ts';
import { readConfig } from '#config.ts';
import { systemClock } from '#system-clock.ts';
import { type Stack, startStack } from './start-stack.ts';

const LEA = 'lea-at-work';
const EMAIL = 'lea@buehne.example';
let database: TestDatabase;
let external: ExternalProvider;
let stack: Stack;
let folder: string;
let steps: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventkit-external-'));
  external = await startExternalProvider();
  database = await createTestDatabase();
  await storeCompany(systemClock, database.ownerUrl, {
    ...{ name: 'Bühne', slug: 'buehne', locale: 'de', timeZone: 'Europe/Vienna', currency: 'EUR' },
    admin: { name: 'Lea Huber', email: EMAIL },
  });
  stack = await start();
});
afterAll(async () => {
  await stack.stop();
  await external.goDown();
  await database.drop();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  Object.assign(external.behaviour, { accessTokens: 'opaque', hasEmailInIdToken: true, forgeIdToken: null });
});

/** As `eventkit serve` starts, from the environment on. */
async function start(own: Record<string, string> = {}): Promise<Stack> {
  const environment = {
    ...{ DATABASE_URL: database.ownerUrl, OIDC_ISSUER: external.issuer, PORT: '0', EVENTKIT_DATA: folder },
    ...{ OIDC_CLIENT_ID: external.clientId, OIDC_CLIENT_SECRET: external.clientSecret },
    ...own,
  };
  const config = readConfig(environment, {}, folder);
  if (!config.ok) throw new Error(config.error.join('\n'));
  steps = [];
  const started = await startStack(
    {
      clock: systemClock,
      log: pino({ level: 'silent' }),
      onStep: (step) => steps.push(step),
      seed: () => Promise.reject(new Error('an external database is never seeded')),
    },
    { ...config.value, clientFolder: folder },
  );
  external.allowRedirect(`${started.url}/auth/callback`);
  return started;
}

async function signIn(
  account: { readonly email: string; readonly isEmailVerified: boolean } = {
    email: EMAIL,
    isEmailVerified: true,
  },
  subject = LEA,
) {
  external.behaviour.accountsBySubject.set(subject, account);
  const browser = createTestBrowser(stack.url);
  const login = await browser.open('/auth/login?return=/events');
  const page = await browser.open(`${login.url.href}/${subject}`);
  return { browser, login, page };
}

async function me(browser: TestBrowser) {
  const answer = await browser.call('/eventkit.v1.AuthService/GetMe', {});
  return { status: answer.status, body: await answer.json() };
}

function isSignedIn(browser: TestBrowser): boolean {
  return browser.cookies.has('__Host-eventkit');
}

describe('a person with an account at work', () => {
  test('is led there with PKCE, state and nonce, and back to where they wanted to go', async () => {
    const first = await fetch(new URL('/auth/login', stack.url), { redirect: 'manual' });
    const target = new URL(first.headers.get('location') ?? '');
    expect(target.origin).toBe(external.issuer);
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      ...{ client_id: external.clientId, response_type: 'code', code_challenge_method: 'S256' },
      ...{ state: expect.stringMatching(/.{40}/), nonce: expect.stringMatching(/.{40}/) },
      ...{ code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const { browser, login, page } = await signIn();
    expect(login.url.origin).toBe(external.issuer);
    expect(page.url.href).toBe(`${stack.url}/events`);
    expect(await me(browser)).toMatchObject({
      status: 200,
      body: { email: EMAIL, role: 'admin', tenantName: 'Bühne', name: 'Lea Huber' },
    });
  });

  test('is tied to that account by issuer and subject, whatever becomes of the address', async () => {
    await signIn();
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query('SELECT issuer, subject FROM users');
    await client.end();
    expect(rows).toEqual([{ issuer: external.issuer, subject: LEA }]);
    const { browser } = await signIn({ email: 'new-name@buehne.example', isEmailVerified: false });
    expect(await me(browser)).toMatchObject({ status: 200, body: { email: EMAIL } });
  });

  test.each(['opaque', 'untyped'] as const)('signs in where access tokens are %s', async (accessTokens) => {
    external.behaviour.accessTokens = accessTokens;
    const { browser } = await signIn();
    expect(await me(browser)).toMatchObject({ status: 200 });
  });

  test('signs in where only the userinfo endpoint tells the address', async () => {
    external.behaviour.hasEmailInIdToken = false;
    await untie();
    const { browser } = await signIn();
    expect(await me(browser)).toMatchObject({ status: 200 });
  });
});

async function untie(): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('UPDATE users SET issuer = NULL, subject = NULL');
  await client.end();
}

describe('nobody is signed in', () => {
  test('who is no user here; a page says so, with a number', async () => {
    const { browser, page } = await signIn({ email: 'guest@other.example', isEmailVerified: true }, 'guest');
    expect(page.status).toBe(403);
    expect(page.text).toContain('This account is not a user of EventKit.');
    expect(page.text).toMatch(/Number for support: <code>[\w-]{8,}<\/code>/);
    expect(isSignedIn(browser)).toBe(false);
  });

  test('by an address that the provider has not verified', async () => {
    const { browser, page } = await signIn({ email: EMAIL, isEmailVerified: false }, 'impostor');
    expect(page.status).toBe(403);
    expect(page.text).toContain('has not confirmed your e-mail address');
    expect(isSignedIn(browser)).toBe(false);
  });

  test('by a second account with the same address', async () => {
    await signIn();
    const { browser, page } = await signIn({ email: EMAIL, isEmailVerified: true }, 'second-account');
    expect(page.status).toBe(403);
    expect(page.text).toContain('tied to another account');
    expect(isSignedIn(browser)).toBe(false);
  });

  test.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['another audience', (claims) => ({ ...claims, aud: 'another-app' })],
    ['the nonce of another sign-in', (claims) => ({ ...claims, nonce: 'replayed' })],
    ['no nonce', ({ nonce: _nonce, ...claims }) => claims],
    ['an end in the past', (claims) => ({ ...claims, exp: 1_700_000_000 })],
  ])('by an ID token with %s', async (_what, forge) => {
    external.behaviour.forgeIdToken = forge;
    const { browser, page } = await signIn();
    expect(page.status).toBe(400);
    expect(page.text).toContain('The sign-in was not completed');
    expect(isSignedIn(browser)).toBe(false);
  });

  test('but by an ID token that was signed again with nothing changed', async () => {
    external.behaviour.forgeIdToken = (claims) => claims;
    expect(isSignedIn((await signIn()).browser)).toBe(true);
  });

  test('where the userinfo endpoint refuses to tell the address', async () => {
    // Access tokens for another service open no userinfo endpoint.
    Object.assign(external.behaviour, { hasEmailInIdToken: false, accessTokens: 'untyped' });
    await untie();
    const { browser, page } = await signIn();
    expect(page.status).toBe(400);
    expect(isSignedIn(browser)).toBe(false);
  });

  test('by the answer of another sign-in, or by the same answer twice', async () => {
    external.behaviour.accountsBySubject.set(LEA, { email: EMAIL, isEmailVerified: true });
    const victim = createTestBrowser(stack.url);
    const attacker = createTestBrowser(stack.url);
    await victim.open('/auth/login');
    const answer = await answerOf(attacker);
    const foreign = await victim.open(answer);
    expect(foreign.status).toBe(400);
    expect(isSignedIn(victim)).toBe(false);

    await attacker.open(answer);
    expect(isSignedIn(attacker)).toBe(true);
    const replayed = await createTestBrowser(stack.url).open(answer);
    expect(replayed.status).toBe(400);
    const again = createTestBrowser(stack.url);
    await again.open('/auth/login');
    expect((await again.open(answer)).status).toBe(400);
    expect(isSignedIn(again)).toBe(false);
  });
});

/** Where the provider sends this browser back to, not opened yet. */
async function answerOf(browser: TestBrowser): Promise<string> {
  const login = await browser.open('/auth/login');
  const cookies = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
  let url = `${login.url.href}/${LEA}`;
  for (let step = 0; step < 5; step += 1) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: cookies } });
    url = new URL(response.headers.get('location') ?? '', url).href;
    if (url.startsWith(stack.url)) return url;
  }
  throw new Error('the provider never sent the browser back');
}

test('signing out leads to the provider, to end its session too', async () => {
  const { browser } = await signIn();
  const answer = await browser.call('/auth/logout', {}, { accept: 'application/json' });
  const { redirectTo } = (await answer.json()) as { redirectTo: string };
  expect(redirectTo).toMatch(new RegExp(`^${external.issuer}/session/end\\?`));
  expect(await me(browser)).toMatchObject({ status: 401 });
});

test('a provider that is down at start is said; who is signed in goes on; it heals without a restart', async () => {
  const port = new URL(stack.url).port;
  const { browser } = await signIn();
  await stack.stop();
  await external.goDown();
  stack = await start({ PORT: port });
  expect(steps.join('\n')).toMatch(/not ready: The identity provider \(OIDC_ISSUER\).*ECONNREFUSED/);

  const answer = await fetch(new URL('/health', stack.url));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'degraded',
    summary: expect.stringContaining('nobody else can sign in until it answers'),
    parts: { database: { isWell: true }, signIn: { isWell: false, isSpareable: true } },
  });
  expect(await me(browser)).toMatchObject({ status: 200 });
  const page = await createTestBrowser(stack.url).open('/auth/login');
  expect(page.status).toBe(503);
  expect(page.text).toContain('The sign-in service does not answer.');

  await external.comeBack();
  const { browser: other } = await signIn();
  expect(await me(other)).toMatchObject({ status: 200 });
});

test('a wrong client secret signs nobody in, and the page leads back', async () => {
  const port = new URL(stack.url).port;
  await stack.stop();
  stack = await start({ PORT: port, OIDC_CLIENT_SECRET: 'mistyped' });
  const { browser, page } = await signIn();
  expect(page.status).toBe(400);
  expect(isSignedIn(browser)).toBe(false);
  await stack.stop();
  stack = await start({ PORT: port });
});

import { type Browser, expect, type Page, test } from '@playwright/test';
import { freePort } from '#stack/free-port.ts';
import { type RunningStack, startRunningStack } from '#stack/running-stack.ts';
import { type RunningKeycloak, startKeycloak } from './running-keycloak.ts';

/*
 * The whole stack beside a real Keycloak with the realm of deploy/keycloak as it stands: who signs in through a real
 * browser, with which role, and what ends their session, on either side.
 */

const LEA = { email: 'lea@nordlicht.example', password: 'a quiet Tuesday morning' };
const CLIENT = { clientId: 'eventkit', clientSecret: 'the secret of a test' };
let keycloak: RunningKeycloak;
let stack: RunningStack;
let leaId: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const port = await freePort();
  const startedAt = performance.now();
  keycloak = await startKeycloak({ eventkitUrl: `http://localhost:${port}`, ...CLIENT });
  console.log(`Keycloak started in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  leaId = await keycloak.admin.addPerson({ ...LEA, roles: ['planner'] });
  stack = await startRunningStack({
    assetCount: 200,
    port,
    environment: {
      OIDC_ISSUER: keycloak.issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      OIDC_SCOPE: 'openid profile email',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
    },
  });
});
test.afterAll(async () => {
  await stack?.dispose();
  await keycloak?.stop();
});
test.beforeEach(async () => {
  await stack.query('DELETE FROM sessions');
  await keycloak.admin.signOut(leaId);
  await keycloak.admin.setEnabled(leaId, true);
  await keycloak.admin.setRoles(leaId, ['planner']);
});

test('Lea signs in by Keycloak, with PKCE, as the planner that she is there', async ({ browser }) => {
  const page = await newPage(browser);
  const asked = page.waitForRequest((request) => request.url().includes('/protocol/openid-connect/auth?'));
  await signIn(page, LEA);
  const { searchParams } = new URL((await asked).url());
  expect(Object.fromEntries(searchParams)).toMatchObject({
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await me(page)).toMatchObject({ email: LEA.email, role: 'planner', tenantName: expect.any(String) });
  const [session] = await stack.query<{ provider_sid: string }>('SELECT provider_sid FROM sessions');
  expect(await keycloak.admin.sessionsOf(leaId)).toContain(session?.provider_sid);
  await page.context().close();
});

test('Keycloak takes no sign-in of ours without PKCE', async () => {
  const address = new URL(`${keycloak.issuer}/protocol/openid-connect/auth`);
  address.search = String(
    new URLSearchParams({
      ...{ client_id: CLIENT.clientId, redirect_uri: `${stack.url}/auth/callback` },
      ...{ response_type: 'code', scope: 'openid', state: 'x', nonce: 'y' },
    }),
  );
  const answer = await fetch(address, { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  expect(searchParams.get('error')).toBe('invalid_request');
  expect(searchParams.get('error_description')).toContain('code_challenge');
});

test('a role that is changed in Keycloak acts at the next check, by new tokens', async ({ browser }) => {
  const page = await newPage(browser);
  await signIn(page, LEA);
  const before = await refreshToken();
  await keycloak.admin.setRoles(leaId, ['sales', 'warehouse']);
  expect(await me(page)).toMatchObject({ role: 'planner' });
  await letTenMinutesPass(page);
  await expect.poll(async () => (await me(page))?.role).toBe('warehouse');
  expect(await refreshToken()).not.toBe(before);
  await page.context().close();
});

test('who has no role any more is signed out, and is told why', async ({ browser }) => {
  const page = await newPage(browser);
  await signIn(page, LEA);
  await keycloak.admin.setRoles(leaId, []);
  await letTenMinutesPass(page);
  await expect.poll(() => me(page)).toBeNull();
  await page.goto(`${stack.url}/auth/login`);
  await fillIn(page, LEA);
  await expect(page.getByText('gives this account no role in EventKit')).toBeVisible();
  await page.context().close();
});

test('signing out here ends Keycloak’s session too', async ({ browser }) => {
  const page = await newPage(browser);
  await signIn(page, LEA);
  expect(await keycloak.admin.sessionsOf(leaId)).not.toEqual([]);
  const token = await refreshToken();
  const target = await page.evaluate(async () => {
    const answer = await fetch('/auth/logout', { method: 'POST', headers: { accept: 'application/json' } });
    return ((await answer.json()) as { redirectTo: string }).redirectTo;
  });
  expect(target).toContain(`${keycloak.issuer}/protocol/openid-connect/logout?`);
  await page.goto(target);
  await page.waitForURL(`${stack.url}/**`);
  await expect.poll(() => keycloak.admin.sessionsOf(leaId)).toEqual([]);
  expect(await refreshAtKeycloak(String(token))).toBe('invalid_grant');
  // The next sign-in asks for the password again.
  await page.goto(`${stack.url}/auth/login`);
  await expect(page.locator('#password')).toBeVisible();
  await page.context().close();
});

test('a session that is ended in Keycloak is over here at once, by the back channel', async ({ browser }) => {
  const [tablet, phone] = [await newPage(browser), await newPage(browser)];
  await signIn(tablet, LEA);
  const [session] = await stack.query<{ provider_sid: string }>('SELECT provider_sid FROM sessions');
  await signIn(phone, LEA);
  await keycloak.admin.endSession(String(session?.provider_sid));
  await expect.poll(() => me(tablet)).toBeNull();
  expect(await me(phone)).toMatchObject({ role: 'planner' });
  await keycloak.admin.signOut(leaId);
  await expect.poll(() => me(phone)).toBeNull();
  await expect.poll(() => keycloak.admin.sessionsOf(leaId)).toEqual([]);
  await tablet.context().close();
  await phone.context().close();
});

test('a refresh token that is used twice ends the session', async ({ browser }) => {
  const page = await newPage(browser);
  await signIn(page, LEA);
  const stolen = await refreshToken();
  await letTenMinutesPass(page);
  await expect.poll(refreshToken).not.toBe(stolen);
  expect(await refreshAtKeycloak(String(stolen))).toBe('invalid_grant');
  await letTenMinutesPass(page);
  await expect.poll(() => me(page)).toBeNull();
  await page.context().close();
});

test('somebody who is disabled in Keycloak is out at the next check', async ({ browser }) => {
  const page = await newPage(browser);
  await signIn(page, LEA);
  await keycloak.admin.setEnabled(leaId, false);
  await letTenMinutesPass(page);
  await expect.poll(() => me(page)).toBeNull();
  await page.context().close();
});

test('deactivated in EventKit: the refresh token is worth nothing in Keycloak', async ({ browser }) => {
  const admin = { email: 'admin@nordlicht.example', password: 'an even quieter Sunday' };
  await keycloak.admin.addPerson({ ...admin, roles: ['admin'] });
  const page = await newPage(browser);
  await signIn(page, LEA);
  const token = await refreshToken();
  const adminsPage = await newPage(browser);
  await signIn(adminsPage, admin);
  const [lea] = await stack.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [LEA.email]);
  expect(await call(adminsPage, 'PeopleService/DeactivatePerson', { personId: lea?.id })).toBe(200);
  expect(await me(page)).toBeNull();
  await expect.poll(() => refreshAtKeycloak(String(token))).toBe('invalid_grant');
  expect(await call(adminsPage, 'PeopleService/ReactivatePerson', { personId: lea?.id })).toBe(200);
  await page.context().close();
  await adminsPage.context().close();
});

test('short passwords are refused; who guesses is locked out', async ({ browser }) => {
  expect(await keycloak.admin.setPassword(leaId, 'short')).toBe(400);
  expect(await keycloak.admin.setPassword(leaId, LEA.email)).toBe(400);
  const page = await newPage(browser);
  await page.goto(`${stack.url}/auth/login`);
  for (const guess of ['one guess', 'a second guess', 'a third guess', 'a fourth guess', 'a fifth guess']) {
    await fillIn(page, { ...LEA, password: guess });
    await expect(page.locator('#input-error, #input-error-username')).toBeVisible();
  }
  await expect.poll(() => keycloak.admin.isLockedOut(leaId)).toBe(true);
  await fillIn(page, LEA);
  await expect(page.locator('#input-error, #input-error-username')).toBeVisible();
  expect(await me(page)).toBeNull();
  await page.context().close();
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url, locale: 'en-GB' });
  return context.newPage();
}

async function signIn(page: Page, person: { readonly email: string; readonly password: string }) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await fillIn(page, person);
  await expect(page.getByRole('link', { name: /^All sent/ })).toBeVisible({ timeout: 60_000 });
}

async function fillIn(
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
) {
  await page.locator('#username').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('#kc-login').click();
}

/** Whoever the browser is signed in as; null where it is not. */
async function me(page: Page): Promise<{ readonly role: string; readonly email: string } | null> {
  const { status, body } = await post(page, 'AuthService/GetMe', {});
  if (status !== 200 && status !== 401) throw new Error(`GetMe answered ${status}`);
  return status === 200 ? (body as { role: string; email: string }) : null;
}

async function call(page: Page, rpc: string, message: unknown): Promise<number> {
  return (await post(page, rpc, message)).status;
}

/** As scripts of the app's own page call it. */
async function post(page: Page, rpc: string, message: unknown) {
  if (!page.url().startsWith(stack.url)) await page.goto(`${stack.url}/icon.svg`);
  return page.evaluate(
    async ([path, body]) => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    [`/eventkit.v1.${rpc}`, JSON.stringify(message)] as const,
  );
}

async function letTenMinutesPass(page: Page): Promise<void> {
  await stack.query(`UPDATE sessions SET check_due_at = now()`);
  await me(page);
}

async function refreshToken(): Promise<string | null> {
  const rows = await stack.query<{ refresh_token: string }>(
    `SELECT s.refresh_token FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
     WHERE u.email = $1`,
    [LEA.email],
  );
  return rows[0]?.refresh_token ?? null;
}

/** What Keycloak says to whoever brings this token with our own secret; null where it gives new ones. */
async function refreshAtKeycloak(token: string): Promise<string | null> {
  const answer = await fetch(`${keycloak.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'refresh_token', refresh_token: token },
      ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret },
    }),
  });
  return answer.ok ? null : ((await answer.json()) as { error: string }).error;
}

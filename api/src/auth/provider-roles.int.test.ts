import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestBrowser, type TestBrowser } from '#testing/create-test-browser.ts';
import { createTestProvider } from '#testing/create-test-provider.ts';
import { type ExternalProvider, startExternalProvider } from '#testing/start-external-provider.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { connectIdentityProvider } from './identity-provider.ts';
import { readProviderWord } from './provider-claims.ts';

const SUBJECT = 'somebody-at-work';
const settings = { rolesClaim: 'realm_access.roles', roleByName: new Map(), tenantClaim: 'company' };
let api: TestApi;
let external: ExternalProvider;
let origin: string;
let database: pg.Client;
let person: { readonly id: string; readonly email: string };

beforeAll(async () => {
  external = await startExternalProvider();
  const { issuer, clientId, clientSecret } = external;
  api = await startTestApi(({ publicUrl }) => {
    origin = publicUrl.origin;
    external.allowRedirect(new URL('/auth/callback', publicUrl).href);
    const client = { issuer, clientId, clientSecret, asksEveryTime: false };
    return { provider: connectIdentityProvider({ ...client, claims: settings }) };
  });
  database = new pg.Client({ connectionString: api.ownerUrl });
  await database.connect();
  await database.query(`INSERT INTO roles (tenant_id, id, name, permissions)
    SELECT tenant_id, gen_random_uuid(), 'Stage Hands', '{scanning:read,scanning:write}' FROM tenants`);
});
afterAll(async () => {
  await database.end();
  await api.stop();
  await external.goDown();
});
beforeEach(async () => {
  person = api.companies[0].users.planner;
  external.behaviour.hasEmailInIdToken = true;
  await database.query('DELETE FROM sessions');
  await database.query('UPDATE users SET issuer = NULL, subject = NULL');
  const { id, email } = api.companies[1].users.crew;
  await database.query(`UPDATE users SET email = $2, role = 'crew' WHERE id = $1`, [id, email]);
  await database.query(`UPDATE users SET role = 'planner', custom_role_id = NULL WHERE id = $1`, [person.id]);
});

/** From now on the provider says so of the person. */
async function say(roles: unknown, company: unknown = api.companies[0].tenantId): Promise<void> {
  const claims = { realm_access: { roles }, company };
  const { email } = person;
  external.behaviour.accountsBySubject.set(SUBJECT, { email, isEmailVerified: true, claims });
}

async function signIn() {
  const browser = createTestBrowser(origin);
  const login = await browser.open('/auth/login');
  return { browser, page: await browser.open(`${login.url.href}/${SUBJECT}`) };
}

async function me(browser: TestBrowser) {
  const answer = await browser.call('/eventkit.v1.AuthService/GetMe', {});
  return answer.status === 200 ? ((await answer.json()) as { role: string; permissions: string[] }) : null;
}

async function checkAfterTenMinutes(browser: TestBrowser) {
  await database.query(`UPDATE sessions SET check_due_at = now()`);
  await me(browser);
  await api.sessionCheck.settled();
  return me(browser);
}

async function storedRole(): Promise<string> {
  const { rows } = await database.query('SELECT role FROM users WHERE id = $1', [person.id]);
  return rows[0].role;
}

describe('the role of who signs in', () => {
  test.each([
    ['one', ['warehouse'], 'warehouse'],
    ['one in capitals, among those of other programs', ['offline_access', 'Sales', 'default-roles'], 'sales'],
    ['several: the first in the order of roles', ['read_only', 'warehouse', 'planner'], 'planner'],
    ['several with admin', ['Stage Hands', 'planner', 'admin'], 'admin'],
    ['a word for a list', 'manager', 'manager'],
  ])('%s', async (_what, roles, expected) => {
    await say(roles);
    const { browser } = await signIn();
    expect(await me(browser)).toMatchObject({ role: expected });
    expect(await storedRole()).toBe(expected);
  });

  test('the company’s own before the built-in ones, but for admin', async () => {
    await say(['crew', 'stage hands']);
    const { browser } = await signIn();
    expect(await me(browser)).toMatchObject({
      role: 'custom',
      permissions: ['scanning:read', 'scanning:write'],
    });
  });

  test('is told at the userinfo endpoint only', async () => {
    external.behaviour.hasEmailInIdToken = false;
    await say(['crew']);
    expect(await me((await signIn()).browser)).toMatchObject({ role: 'crew' });
  });

  test('is in the trail once, in nobody’s name', async () => {
    await say(['manager']);
    await signIn();
    await signIn();
    const { rows } = await database.query(
      `SELECT changes -> 'role' AS role, user_id FROM audit_log
       WHERE table_name = 'users' AND row_id = $1 AND changes -> 'role' = '["planner", "manager"]'
       ORDER BY id DESC LIMIT 1`,
      [person.id],
    );
    expect(rows).toEqual([{ role: ['planner', 'manager'], user_id: null }]);
    const { rowCount } = await database.query(
      `SELECT FROM audit_log WHERE table_name = 'users' AND row_id = $1 AND changes ->> 'role' IS NOT NULL
         AND user_id IS NULL AND changes -> 'role' -> 0 = changes -> 'role' -> 1`,
      [person.id],
    );
    expect(rowCount).toBe(0);
  });
});

describe('nobody is signed in', () => {
  test.each([
    ['without any role', []],
    ['with roles of other programs only', ['offline_access', 'uma_authorization']],
    ['with what every object has', ['constructor', '__proto__', 'toString']],
    ['with the word for the company’s own roles', ['custom']],
    ['with something that is no list of names', { admin: true }],
  ])('%s', async (_what, roles) => {
    await say(roles);
    const { browser, page } = await signIn();
    expect(page.status).toBe(403);
    expect(page.text).toContain('gives this account no role in EventKit');
    expect(await me(browser)).toBeNull();
    expect(await storedRole()).toBe('planner');
  });

  test('who is no user here, whatever roles they have', async () => {
    person = { ...person, email: 'guest@other.example' };
    await say(['admin']);
    const { page } = await signIn();
    expect(page.status).toBe(403);
    expect(page.text).toContain('This account is not a user of EventKit.');
  });
});

describe('at the next check', () => {
  test('a changed role acts, without signing in anew', async () => {
    await say(['manager']);
    const { browser } = await signIn();
    await say(['crew']);
    expect(await me(browser)).toMatchObject({ role: 'manager' });
    expect(await checkAfterTenMinutes(browser)).toMatchObject({ role: 'crew' });
    external.behaviour.hasEmailInIdToken = false;
    await say(['sales']);
    expect(await checkAfterTenMinutes(browser)).toMatchObject({ role: 'sales' });
  });

  test('who has none any more is signed out', async () => {
    await say(['manager']);
    const { browser } = await signIn();
    await say([]);
    expect(await checkAfterTenMinutes(browser)).toBeNull();
    await api.tokenRevocation.settled();
    expect(external.events.at(-1)).toBe('revoked');
  });
});

describe('the company', () => {
  test('is the one that the provider names, of several with the same address', async () => {
    const [first, second] = api.companies;
    await database.query('UPDATE users SET email = $2 WHERE id = $1', [second.users.crew.id, person.email]);
    for (const [company, userId] of [
      [first.tenantId, person.id],
      [second.tenantId, second.users.crew.id],
    ]) {
      await say(['manager'], company);
      expect(await me((await signIn()).browser)).toMatchObject({ userId, role: 'manager' });
    }
    const { rows } = await database.query('SELECT slug FROM tenants WHERE tenant_id = $1', [second.tenantId]);
    await say(['sales'], rows[0].slug);
    expect(await me((await signIn()).browser)).toMatchObject({ userId: second.users.crew.id });
  });

  test.each([['another one'], [''], [null], [7]])('%j is not the person’s', async (company) => {
    await say(['admin'], company === 'another one' ? api.companies[1].tenantId : company);
    const { browser, page } = await signIn();
    expect(page.status).toBe(403);
    expect(await me(browser)).toBeNull();
    expect(await storedRole()).toBe('planner');
  });
});

test('an access token acts with the role that it names, and without one opens nothing', async () => {
  const provider = await createTestProvider();
  const strict = await startTestApi(() => ({
    provider: {
      ...provider,
      wordOf: (claims) => readProviderWord({ ...settings, tenantClaim: null }, [claims]),
    },
  }));
  const call = async (claims: Record<string, unknown>) => {
    const token = await provider.accessToken(strict.companies[0].users.planner, claims);
    const answer = await fetch(`${strict.url}/eventkit.v1.AuthService/GetMe`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    return answer.status === 200 ? ((await answer.json()) as { role: string }).role : answer.status;
  };
  expect(await call({ realm_access: { roles: ['crew'] } })).toBe('crew');
  expect(await call({})).toBe(401);
  await strict.stop();
});

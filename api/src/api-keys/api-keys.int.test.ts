import { createPool } from '@eventkit/database/pool.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { permissionByRpc } from '#http/permission-by-rpc.ts';
import { callRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { isApiKeySecret, newApiKeySecret } from './api-key-secret.ts';

let api: TestApi;
let owner: pg.Pool;
let admin: string;
let planner: string;
beforeAll(async () => {
  api = await startTestApi();
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'api keys test' });
});
beforeEach(async () => {
  admin = await api.provider.accessToken(api.companies[0].users.admin);
  planner = await api.provider.accessToken(api.companies[0].users.planner);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const call = (rpc: string, bearer: string, body: unknown = {}) => callRpc(api.url, rpc, { body, bearer });

type Made = { readonly secret: string; readonly key: { readonly apiKeyId: string; readonly prefix: string } };

async function make(permissions: readonly string[], by = admin): Promise<Made> {
  const { status, body } = await call('ApiKeyService/CreateApiKey', by, {
    name: 'Website',
    permissions,
    expiresAfterDays: 30,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as unknown as Made;
}

const listed = async () =>
  (await call('ApiKeyService/ListApiKeys', admin)).body['keys'] as Record<string, unknown>[];

describe('a key', () => {
  test('does what it was made for, and nothing else', async () => {
    const { secret } = await make(['inventory:read']);
    expect(isApiKeySecret(secret)).toBe(true);
    const { body } = await call('AuthService/GetMe', secret);
    expect(body).toMatchObject({
      userId: api.companies[0].users.admin.id,
      permissions: ['inventory:read'],
    });
    for (const [rpc, wanted] of Object.entries(permissionByRpc)) {
      const name = rpc.replace('eventkit.v1.', '');
      if (/^Sync/.test(name)) continue;
      const isOpen = wanted === 'signed_in' || wanted === 'inventory:read';
      expect((await call(name, secret)).body['code'] === 'permission_denied', name).toBe(!isOpen);
    }
  });

  test('is kept as its hash, and shown once', async () => {
    const { secret, key } = await make(['inventory:read']);
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(key.prefix.length).toBeLessThan(12);
    const everything = await owner.query<{ row: string }>(
      `SELECT k::text AS row FROM api_keys k UNION ALL SELECT a::text FROM audit_log a WHERE table_name = 'api_keys'`,
    );
    expect(everything.rows.length).toBeGreaterThan(1);
    for (const { row } of everything.rows) expect(row).not.toContain(secret.slice(key.prefix.length));
    expect(JSON.stringify(await listed())).not.toContain(secret.slice(key.prefix.length));
    expect(api.logLines.join()).not.toContain(secret);
  });

  test('tells when it was used last', async () => {
    const { secret, key } = await make(['inventory:read']);
    const used = async () =>
      (await listed()).find(({ apiKeyId }) => apiKeyId === key.apiKeyId)?.['lastUsedAtMicros'];
    expect(await used()).toBeUndefined();
    await call('AuthService/GetMe', secret);
    const first = Number(await used());
    expect(Math.abs(first / 1000 - Date.now())).toBeLessThan(60_000);
    await call('AuthService/GetMe', secret);
    expect(Number(await used())).toBe(first);
  });

  test.each([
    ['revoked', `UPDATE api_keys SET revoked_at = now() WHERE id = $1`],
    ['expired', `UPDATE api_keys SET expires_at = now() WHERE id = $1`],
  ])('opens nothing once it is %s', async (_, end) => {
    const { secret, key } = await make(['inventory:read']);
    expect((await call('AuthService/GetMe', secret)).status).toBe(200);
    await owner.query(end, [key.apiKeyId]);
    expect((await call('AuthService/GetMe', secret)).body['code']).toBe('unauthenticated');
  });

  test('can do no more than the person who made it can do now, and nothing when they are gone', async () => {
    const { users } = api.companies[1];
    const { secret } = await make(
      ['inventory:read', 'scanning:read'],
      await api.provider.accessToken(users.admin),
    );
    const permissions = async () => (await call('AuthService/GetMe', secret)).body['permissions'];
    expect(await permissions()).toEqual(['inventory:read', 'scanning:read']);
    await owner.query(`UPDATE users SET role = 'sales' WHERE id = $1`, [users.admin.id]);
    expect(await permissions()).toEqual(['inventory:read']);
    await owner.query(`UPDATE users SET deactivated_at = now() WHERE id = $1`, [users.admin.id]);
    expect((await call('AuthService/GetMe', secret)).body['code']).toBe('unauthenticated');
  });

  test.each([
    'ek_',
    newApiKeySecret(),
    `ek_${'a'.repeat(500)}`,
    'ek_%00',
    `EK_${newApiKeySecret().slice(3)}`,
  ])('that nobody made opens nothing: %s', async (secret) => {
    expect((await call('AuthService/GetMe', secret)).body['code']).toBe('unauthenticated');
  });

  test('is not taken from an address', async () => {
    const { secret } = await make(['inventory:read']);
    const message = encodeURIComponent('{}');
    const answer = await fetch(
      `${api.url}/eventkit.v1.AuthService/GetMe?connect=v1&encoding=json&message=${message}&api_key=${secret}`,
    );
    expect(answer.status).toBe(401);
  });
});

describe('who makes keys', () => {
  test('names what is wrong with each permission', async () => {
    const { status, body } = await call('ApiKeyService/CreateApiKey', admin, {
      name: 'Website',
      permissions: ['inventory:read', 'rockets:launch', 'api_keys:manage', 'scanning:write'],
      expiresAfterDays: 30,
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/permissions\[1\].*permissions\[2\].*permissions\[3\]/);
  });

  test.each([
    { name: '', permissions: ['inventory:read'], expiresAfterDays: 30 },
    { name: 'x', permissions: [], expiresAfterDays: 30 },
    { name: 'x', permissions: ['inventory:read'], expiresAfterDays: 0 },
    { name: 'x', permissions: ['inventory:read'], expiresAfterDays: 731 },
  ])('says a name, what for, and for how long: %j', async (body) => {
    expect((await call('ApiKeyService/CreateApiKey', admin, body)).status).toBe(400);
  });

  test('gives no more than they hold', async () => {
    const { id } = api.companies[0].users.sales;
    await owner.query(
      `INSERT INTO roles (tenant_id, id, name, permissions) VALUES ($1, $1, 'Keys', '{api_keys:manage}')`,
      [api.companies[0].tenantId],
    );
    await owner.query(`UPDATE users SET role = 'custom', custom_role_id = tenant_id WHERE id = $1`, [id]);
    const sales = await api.provider.accessToken(api.companies[0].users.sales);
    const asked = { name: 'x', permissions: ['inventory:read'], expiresAfterDays: 1 };
    expect((await call('ApiKeyService/CreateApiKey', sales, asked)).status).toBe(400);
  });

  test('is an admin, and not a program', async () => {
    const { body } = await call('ApiKeyService/ListApiKeys', admin);
    const { secret } = await make(body['grantablePermissions'] as string[]);
    for (const bearer of [planner, secret]) {
      for (const rpc of ['ListApiKeys', 'CreateApiKey', 'RevokeApiKey'])
        expect((await call(`ApiKeyService/${rpc}`, bearer)).body['code']).toBe('permission_denied');
    }
  });

  test("ends a key of their company; another company's answers as one that nobody has", async () => {
    const { key, secret } = await make(['inventory:read']);
    const foreign = await make(['inventory:read']);
    await owner.query(`UPDATE users SET deactivated_at = NULL, role = 'admin' WHERE id = $1`, [
      api.companies[1].users.admin.id,
    ]);
    const other = await api.provider.accessToken(api.companies[1].users.admin);
    const absent = await call('ApiKeyService/RevokeApiKey', other, {
      apiKeyId: '01a00000-0000-7000-8000-000000000000',
    });
    expect(absent.status).toBe(404);
    expect(await call('ApiKeyService/RevokeApiKey', other, { apiKeyId: foreign.key.apiKeyId })).toEqual(
      absent,
    );
    expect((await call('AuthService/GetMe', foreign.secret)).status).toBe(200);
    for (let time = 0; time < 2; time += 1)
      expect((await call('ApiKeyService/RevokeApiKey', admin, { apiKeyId: key.apiKeyId })).status).toBe(200);
    expect((await call('AuthService/GetMe', secret)).status).toBe(401);
  });
});

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { InventoryService } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { builtInRoles } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let token: string;

beforeAll(async () => {
  api = await startTestApi(() => ({
    registerServices: (router) =>
      router.service(SyncService, {
        getTime() {
          throw new Error('column "secret" does not exist in SELECT secret FROM users');
        },
      }),
    healthChecks: {
      database: async () => ({ isWell: true }),
      replication: async () => ({ isWell: false, detail: 'the slot is gone' }),
      storage: async () => {
        throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
      },
    },
  }));
  token = await api.provider.accessToken(api.companies[0].users.warehouse);
});
afterAll(() => api.stop());

function bearer(value = token) {
  return { headers: { authorization: `Bearer ${value}` } };
}

async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (thrown) {
    return ConnectError.from(thrown);
  }
  throw new Error('expected the call to be refused');
}

describe('one port', () => {
  const transports: readonly (readonly [string, (baseUrl: string) => Transport])[] = [
    ['Connect, HTTP/1.1', (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '1.1' })],
    ['Connect, HTTP/2', (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '2' })],
    ['gRPC, HTTP/2', (baseUrl) => createGrpcTransport({ baseUrl })],
    ['gRPC-Web, HTTP/1.1', (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: '1.1' })],
  ];
  test.each(transports)('%s', async (_name, make) => {
    const client = createClient(AuthService, make(api.url));
    const me = await client.getMe({}, bearer());
    expect(me).toMatchObject({
      tenantName: 'Company north',
      role: 'warehouse',
      email: 'warehouse@north.test',
    });
    const refused = await errorOf(client.createSyncToken({ deviceId: 'no uuid' }, bearer()));
    expect(refused.code).toBe(Code.InvalidArgument);
    expect(refused.findDetails(ErrorDetailSchema)).toMatchObject([
      {
        reason: 'invalid',
        field: 'device_id',
        violations: [{ field: 'device_id', rule: 'string.uuid', message: 'must be a valid UUID' }],
      },
    ]);
  });

  test('curl with JSON', async () => {
    const answer = await postRpc(api.url, 'AuthService/GetMe', { bearer: token });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ tenantId: api.companies[0].tenantId, role: 'warehouse' });
  });

  test('a read by GET', async () => {
    const query = 'connect=v1&encoding=json&message=%7B%7D';
    const answer = await fetch(`${api.url}/eventkit.v1.AuthService/GetMe?${query}`, bearer());
    expect(await answer.json()).toMatchObject({ role: 'warehouse' });
  });

  test('an unknown RPC is not found', async () => {
    expect((await postRpc(api.url, 'AuthService/Nope')).status).toBe(404);
  });

  test('a request that makes no address ends in 400, and the server goes on', async () => {
    const answer = await rawRequest(
      'GET /eventkit.v1.AuthService/GetMe HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect((await fetch(`${api.url}/metrics`)).status).toBe(200);
  });
});

test('a request for two hosts is refused: a proxy may have taken the other one', async () => {
  const answer = await rawRequest('GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 400/);
});

describe('who is asking', () => {
  test('nobody', async () => {
    const answer = await postRpc(api.url, 'InventoryService/ListAssets');
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
  });

  test.each([
    ['no token at all', 'Bearer'],
    ['another scheme', 'Basic YTpi'],
    ['nonsense', 'Bearer abc.def.ghi'],
    ['an unknown cookie', ''],
  ])('%s', async (_what, authorization) => {
    const headers = authorization === '' ? { cookie: '__Host-eventkit=unknown' } : { authorization };
    expect((await postRpc(api.url, 'AuthService/GetMe', { headers })).status).toBe(401);
  });

  test('a sync token is no access token', async () => {
    const client = createClient(
      AuthService,
      createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }),
    );
    const { token: syncToken } = await client.createSyncToken(
      { deviceId: api.companies[0].deviceId },
      bearer(),
    );
    expect((await errorOf(client.getMe({}, bearer(syncToken)))).code).toBe(Code.Unauthenticated);
  });

  test('an account that is no user has no way in', async () => {
    const stranger = await api.provider.accessToken({ id: 'x', email: 'nobody@north.test' });
    expect((await postRpc(api.url, 'AuthService/GetMe', { bearer: stranger })).status).toBe(401);
  });

  test.each(builtInRoles)('%s is who the users table says', async (role) => {
    for (const company of api.companies) {
      const answer = await postRpc(api.url, 'AuthService/GetMe', {
        bearer: await api.provider.accessToken(company.users[role]),
      });
      expect(await answer.json()).toMatchObject({
        role,
        tenantId: company.tenantId,
        userId: company.users[role].id,
      });
    }
  });
});

describe('what went wrong', () => {
  test('a fault says its number and nothing else; the log has the rest', async () => {
    const requestId = 'request-0815';
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': requestId };
    const answer = await postRpc(api.url, 'SyncService/GetTime', { headers });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    expect(text).toContain(requestId);
    expect(text).not.toMatch(/secret|SELECT|\.ts|at /);
    const line = api.logLines.find((entry) => entry.includes(requestId) && entry.includes('call failed'));
    expect(line).toContain('column \\"secret\\" does not exist');
  });

  test('a text with NUL is refused by its field, as the database has none', async () => {
    const body = { deviceId: api.companies[0].deviceId, name: 'Dock\0' };
    const answer = await postRpc(api.url, 'AuthService/RegisterDevice', { body, bearer: token });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      details: [{ debug: { violations: [{ field: 'name', rule: 'string.no_nul' }] } }],
    });
  });

  test('a page token that the list did not give out names its field', async () => {
    const client = createClient(
      InventoryService,
      createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }),
    );
    const refused = await errorOf(client.listAssets({ pageToken: 'bm9uc2Vuc2U' }, bearer()));
    expect(refused.code).toBe(Code.InvalidArgument);
    expect(refused.findDetails(ErrorDetailSchema)).toMatchObject([
      { reason: 'bad_page_token', field: 'page_token' },
    ]);
  });

  test('a page that says what went wrong shows the number of its request', async () => {
    const answer = await fetch(`${api.url}/auth/callback`);
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await answer.text()).toContain(`<code>${answer.headers.get('x-request-id')}</code>`);
  });

  test('a request id that is no harmless text is replaced', async () => {
    const answer = await fetch(`${api.url}/health`, { headers: { 'x-request-id': 'a b"c' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a call is one line of the log, without its content', async () => {
    await postRpc(api.url, 'InventoryService/GetAsset', {
      body: { label: 'A-0001' },
      bearer: token,
      headers: { 'x-request-id': 'one-line-of-log' },
    });
    const lines = api.logLines.filter((line) => line.includes('one-line-of-log'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('A-0001');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      rpc: 'eventkit.v1.InventoryService/GetAsset',
      code: 'ok',
    });
  });
});

describe('beside the RPCs', () => {
  test('health says which part is not well, without addresses', async () => {
    const answer = await fetch(`${api.url}/health`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      status: 'unwell',
      summary: 'the slot is gone not reachable (ECONNREFUSED)',
      parts: {
        database: { isWell: true },
        replication: { isWell: false, detail: 'the slot is gone' },
        storage: { isWell: false, detail: 'not reachable (ECONNREFUSED)' },
      },
    });
  });

  test('metrics count calls by how they ended', async () => {
    await postRpc(api.url, 'AuthService/GetMe');
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toMatch(
      /eventkit_rpc_seconds_count\{rpc="eventkit.v1.AuthService\/GetMe",code="Unauthenticated"\} \d+/,
    );
  });

  test('metrics are not for who comes by a proxy', async () => {
    const answer = await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('eventkit_');
  });

  test('the public key of sync tokens is public, the private one is not', async () => {
    const { keys } = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', kid: 'own' });
    expect(keys[0]).not.toHaveProperty('d');
  });
});

describe('a body of 30 MB', () => {
  const headers = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 31457280';
  test.each([
    ['of nobody', 'InventoryService/ListAssets', (): string => '', 401, 'unauthenticated'],
    [
      'of a forged token',
      'SyncService/Push',
      (): string => '\r\nAuthorization: Bearer a.b.c',
      401,
      'unauthenticated',
    ],
    [
      'for what one may not do',
      'PeopleService/ListPeople',
      (): string => `\r\nAuthorization: Bearer ${token}`,
      403,
      'permission_denied',
    ],
  ] as const)('%s is refused before a byte of it came', async (_whose, rpc, authorization, status, code) => {
    const requestId = randomUUID();
    const answer = await firstAnswer(
      `POST /eventkit.v1.${rpc} HTTP/1.1\r\n${headers}\r\nX-Request-Id: ${requestId}${authorization()}\r\n\r\n{`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}[^]*x-request-id: ${requestId}[^]*"${code}"`, 'i'));
    const lines = api.logLines.filter((line) => line.includes(requestId));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ rpc: `eventkit.v1.${rpc}` }]);
  });
});

/** What comes first in answer to bytes after which nothing follows. */
function firstAnswer(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(text));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(String(data));
      socket.destroy();
    });
  });
}

async function rawRequest(text: string): Promise<string> {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.end(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

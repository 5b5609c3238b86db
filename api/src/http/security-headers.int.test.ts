import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainRoutes } from '#plain-routes.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { permissionByRpc } from './permission-by-rpc.ts';

const COMMON = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
    "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'none'; " +
    "frame-ancestors 'none'; form-action 'self' https://id.example.test",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What differs, and the only things that may. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /auth/page.css': { 'cache-control': 'public, max-age=3600' },
  'GET /auth/frontchannel-logout': {
    'content-security-policy': "default-src 'none'; frame-ancestors https://id.example.test",
  },
  'GET /.well-known/jwks.json': { 'cache-control': 'public, max-age=300' },
};

// Only asked which routes there are: nothing is called.
const plain = plainRoutes({} as Parameters<typeof plainRoutes>[0]).routes.map(
  ({ method, path }) => `${method} ${path}`,
);
const rpcs = Object.keys(permissionByRpc).map((rpc) => `POST /${rpc}`);
const others = ['GET /nope', 'GET /', 'POST /eventkit.v1.AuthService/Nope', 'PUT /health'];
const routes = [...new Set([...plain, ...rpcs, ...others])];

describe.each([
  ['http', 'http://localhost', {}],
  // A browser would keep it, so it is only said where https is what people use.
  ['https', 'https://rental.example.com', { 'strict-transport-security': 'max-age=31536000' }],
])('behind an address of %s', (_scheme, publicUrl, own) => {
  let api: TestApi;
  let signedIn: string;
  beforeAll(async () => {
    api = await startTestApi(() => ({ publicUrl: new URL(publicUrl) }));
    signedIn = `Bearer ${await api.provider.accessToken(api.companies[0].users.admin)}`;
  });
  afterAll(() => api.stop());

  test.each(routes)('%s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    for (const authorization of [signedIn, 'Bearer nobody']) {
      const { headers } = await fetch(`${api.url}${path.replace(':id', api.companies[0].deviceId)}`, {
        method,
        headers: { authorization, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
        body: method === 'GET' ? null : '{}',
        redirect: 'manual',
      });
      expect(securityHeadersOf(headers)).toEqual({ ...COMMON, ...own, ...DIFFERENT[route] });
    }
  });

  test('a request that makes no address', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    const [, ...lines] = answer.split('\r\n\r\n', 1)[0]?.split('\r\n') ?? [];
    const headers = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
    expect(securityHeadersOf(new Headers(headers))).toEqual({ ...COMMON, ...own });
  });
});

test('the list of routes is the list of routes', () => {
  expect([...new Set(plain)].toSorted()).toEqual([
    'GET /.well-known/jwks.json',
    'GET /attachments/:id',
    'GET /auth/callback',
    'GET /auth/frontchannel-logout',
    'GET /auth/login',
    'GET /auth/page.css',
    'GET /auth/sign-up',
    'GET /auth/sign-up/:link',
    'GET /files/download/:token',
    'GET /health',
    'GET /metrics',
    'POST /auth/backchannel-logout',
    'POST /auth/logout',
    'POST /auth/sign-up/:link',
    'POST /files',
    'POST /files/:id/versions',
    'PUT /attachments/:id',
  ]);
});

/** All that tells a browser what it may do with an answer; nothing else may be said of that. */
function securityHeadersOf(headers: Headers): Record<string, string> {
  const about =
    /^(cache-control|content-security-|cross-origin-|permissions-|referrer-|strict-|x-content-|access-control-|x-powered-|server$)/;
  return Object.fromEntries([...headers].filter(([name]) => about.test(name)));
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRateLimits } from '@eventkit/api/http/limits/rate-limiter.ts';
import { createTestBrowser } from '@eventkit/api/testing/create-test-browser.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { decodeJwt } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliError } from '#cli-error.ts';
import { seedWhenEmpty } from '#commands/seed-when-empty.ts';
import { fetchToken } from '#commands/token.ts';
import type { Config } from '#config.ts';
import { repositoryRoot } from '#repository-root.ts';
import { systemClock } from '#system-clock.ts';
import { readRuntime } from './runtime-file.ts';
import { type Stack, startStack } from './start-stack.ts';

const ASSETS = 200;
const DEVICE = '01a00000-0000-7000-8000-0000000000aa';
let dataDir: string;
let clientFolder: string;
let stack: Stack;
let steps: string[];

beforeAll(async () => {
  dataDir = makeDataFolder('stack');
  clientFolder = join(dataDir, 'client');
  await writeClient(clientFolder);
  stack = await start();
});
afterAll(async () => {
  await stack.stop();
  await rm(dataDir, { recursive: true });
});

async function writeClient(folder: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>EventKit</title>');
  await writeFile(join(folder, 'sw.js'), 'self.addEventListener("install", () => {});');
  await writeFile(join(folder, 'assets/main-abc.js'), `export const text = '${'x'.repeat(5000)}';`);
}

function start(own: Partial<Config> = {}): Promise<Stack> {
  steps = [];
  return startStack(
    {
      clock: systemClock,
      log: pino({ level: 'silent' }),
      onStep: (step) => steps.push(step),
      seed: (ownerUrl) => seedWhenEmpty(systemClock, ownerUrl, ASSETS),
    },
    {
      ...{
        databaseUrl: null,
        oidc: null,
        redisUrl: null,
        areJobsElsewhere: false,
        s3: null,
        fileLimitMegabytes: 1,
        signUp: 'closed',
        smtp: null,
        publicUrl: null,
        port: 0,
        host: '127.0.0.1',
        logLevel: 'info',
        errorReports: null,
        traceEndpoint: null,
      },
      metricsToken: null,
      deviceSilentAfterDays: 7,
      rateLimits: defaultRateLimits,
      trustedProxies: 0,
      isStreamElsewhere: false,
      ...{ dataDir, assetCount: ASSETS, clientFolder },
      ...own,
    },
  );
}

function emailOf(role: string): string {
  const account = stack.accounts.find((known) => known.role === role);
  if (account === undefined) throw new Error(`the demo company has no ${role}`);
  return account.email;
}

async function signedIn(role: string) {
  const browser = createTestBrowser(stack.url);
  const login = await browser.open('/auth/login');
  const account = stack.accounts.find((known) => known.role === role);
  await browser.submit(login, { account: account?.id ?? '' });
  return browser;
}

describe('a person', () => {
  test('signs in, registers a device, and gets the first checkpoint of the sync stream', async () => {
    const browser = await signedIn('warehouse');
    const me = await (await browser.call('/eventkit.v1.AuthService/GetMe', {})).json();
    expect(me).toMatchObject({ role: 'warehouse', email: emailOf('warehouse') });

    await browser.call('/eventkit.v1.AuthService/RegisterDevice', { deviceId: DEVICE, name: 'Test phone' });
    const answer = await browser.call('/eventkit.v1.AuthService/CreateSyncToken', { deviceId: DEVICE });
    const { token } = (await answer.json()) as { token: string };
    const line = await firstLine(token);
    expect(line).toHaveProperty('checkpoint.last_op_id');
    expect(line).toHaveProperty('checkpoint.buckets');
  });

  test('sees the stock', async () => {
    const browser = await signedIn('planner');
    const answer = await browser.call('/eventkit.v1.InventoryService/ListAssets', { pageSize: 500 });
    const { assets } = (await answer.json()) as { assets: unknown[] };
    expect(assets).toHaveLength(ASSETS);
  });
});

test('where streams are served elsewhere, none is served here, none is said to be dead, and all else goes on', async () => {
  await stack.stop();
  stack = await start({ isStreamElsewhere: true });
  try {
    const browser = await signedIn('warehouse');
    await browser.call('/eventkit.v1.AuthService/RegisterDevice', { deviceId: DEVICE, name: 'Test phone' });
    const found = await browser.call('/eventkit.v1.SyncService/FindStream', { deviceId: DEVICE });
    expect(await found.json()).toEqual({});
    expect((await fetch(new URL('/sync/stream', stack.url), { method: 'POST' })).status).toBe(404);
    expect(await (await fetch(new URL('/health', stack.url))).json()).toMatchObject({ status: 'ok' });
  } finally {
    await stack.stop();
    stack = await start();
  }
});

const alike = [
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-powered-by',
];

describe('the app', () => {
  test('answers its own pages with index.html, never kept', async () => {
    for (const path of ['/', '/events/88?tab=scan']) {
      const answer = await fetch(new URL(path, stack.url), { headers: { accept: 'text/html' } });
      expect(await answer.text()).toContain('<title>EventKit');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'; ");
      expect(policy).toContain("; require-trusted-types-for 'script'; trusted-types default");
    }
  });

  test('keeps files named by their content for ever, and compresses them', async () => {
    const answer = await fetch(new URL('/assets/main-abc.js', stack.url));
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(500);
    const again = await fetch(answer.url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  test('asks for the service worker every time', async () => {
    expect((await fetch(new URL('/sw.js', stack.url))).headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/',
    '/sw.js',
    '/assets/main-abc.js',
    '/nope.js',
    '/sync/stream',
    '/sync/streams',
    '/write-checkpoint2.json',
    '/probes/liveness',
    '/oidc/.well-known/openid-configuration',
    '/oidc/nope',
    '/oidc/login/nope',
  ])('says at %s what a browser may do', async (path) => {
    const { headers } = await fetch(new URL(path, stack.url), { redirect: 'manual' });
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; /);
    expect(policy).toContain("object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    expect(Object.fromEntries(alike.map((name) => [name, headers.get(name)]))).toEqual({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy':
        'camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-powered-by': null,
    });
  });

  test.each(['/nope.js', '/assets/../../../package.json', '/%2e%2e/%2e%2e/package.json', '/.env', '/%ff'])(
    'has no %s',
    async (path) => {
      expect((await fetch(`${stack.url}${path}`)).status).toBe(404);
    },
  );
});

describe('the dashboard for Grafana', () => {
  type Dashboard = { readonly panels: { readonly targets?: { readonly expr: string }[] }[] };

  async function measured(): Promise<Map<string, string>> {
    const text = await (await fetch(new URL('/metrics', stack.url))).text();
    return new Map(
      [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
    );
  }

  async function asked(): Promise<Set<string>> {
    const text = await readFile(join(repositoryRoot, 'deploy/grafana/eventkit.json'), 'utf8');
    const { panels } = JSON.parse(text) as Dashboard;
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    return new Set(queries.flatMap((query) => query.match(/\b(?:eventkit|process|nodejs)_\w+/g) ?? []));
  }

  test('asks for nothing that is not measured', async () => {
    const types = await measured();
    const samplesOf = ([name, type]: [string, string]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
    const samples = new Set([...types].flatMap(samplesOf));
    expect([...(await asked())].filter((name) => !samples.has(name))).toEqual([]);
  });

  test('leaves nothing out that is ours', async () => {
    const names = [...(await asked())].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    const own = [...(await measured()).keys()].filter((name) => name.startsWith('eventkit_'));
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('beside it', () => {
  test('health knows the database, jobs and replication', async () => {
    await untilWell();
  });

  test('others find it by runtime.json, which only its owner can read', async () => {
    expect(await readRuntime(dataDir)).toMatchObject({ url: stack.url, pids: { eventkit: process.pid } });
    expect((await stat(join(dataDir, 'runtime.json'))).mode & 0o777).toBe(0o600);
  });

  test('the command line gets both kinds of token', async () => {
    const wanted = { url: stack.url, dataDir, user: emailOf('admin') };
    expect(decodeJwt(await fetchToken({ ...wanted, audience: 'api' }))).toMatchObject({
      aud: 'eventkit-api',
    });
    const sync = await fetchToken({ ...wanted, audience: 'sync' });
    expect(decodeJwt(sync)).toMatchObject({ aud: 'eventkit-sync', role: 'admin' });
    expect(await firstLine(sync)).toHaveProperty('checkpoint');
  });

  test('nobody gets a token for a person who is no user', async () => {
    const wanted = { url: stack.url, dataDir, user: 'nobody@example.test', audience: 'api' } as const;
    await expect(fetchToken(wanted)).rejects.toThrow(CliError);
  });
});

test('a taken port says which and the way out, before anything is started', async () => {
  const port = Number(new URL(stack.url).port);
  const elsewhere = await mkdtemp(join(tmpdir(), 'eventkit-taken-'));
  await expect(start({ port, dataDir: elsewhere })).rejects.toThrow(`Port ${port} is taken`);
  expect(existsSync(join(elsewhere, 'postgres'))).toBe(false);
  await rm(elsewhere, { recursive: true });
});

test('starting again keeps the data, the keys and the sessions', async () => {
  const browser = await signedIn('warehouse');
  const keyBefore = await readFile(join(dataDir, 'keys/sync-token.jwk.json'), 'utf8');
  const port = Number(new URL(stack.url).port);
  await stack.stop();
  expect(await readRuntime(dataDir)).toBeNull();
  stack = await start({ port });
  expect(steps).toContain('Database is up to date');
  expect(steps.some((step) => step.includes('Demo data'))).toBe(false);
  expect(await readFile(join(dataDir, 'keys/sync-token.jwk.json'), 'utf8')).toBe(keyBefore);
  expect((await browser.call('/eventkit.v1.AuthService/GetMe', {})).status).toBe(200);
});

async function untilWell(): Promise<void> {
  await expect
    .poll(async () => (await fetch(new URL('/health', stack.url))).json(), { timeout: 15_000 })
    .toMatchObject({
      status: 'ok',
      parts: { database: { isWell: true }, jobs: { isWell: true }, replication: { isWell: true } },
    });
}

/** The first line of the stream, once the first copy is made. */
async function firstLine(token: string): Promise<unknown> {
  await untilWell();
  const controller = new AbortController();
  const response = await fetch(new URL('/sync/stream', stack.url), {
    method: 'POST',
    headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ buckets: [], include_checksum: true, raw_data: true, client_id: 'test' }),
    signal: controller.signal,
  });
  if (response.body === null || response.status !== 200)
    throw new Error(`the stream answered ${response.status}`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  controller.abort();
  return JSON.parse(text.split('\n', 1)[0] ?? '');
}

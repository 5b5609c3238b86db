import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createErrorReporter, type ErrorReporter } from './error-reporter.ts';
import { readSentryDsn } from './sentry-dsn.ts';

type Received = { readonly url: string; readonly auth: string; readonly lines: readonly unknown[] };

let server: Server;
let received: Received[];
let status: number;
let problems: string[];
let reporter: ErrorReporter;
let nowMs: number;

beforeEach(async () => {
  received = [];
  status = 200;
  problems = [];
  nowMs = 1000;
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    received.push({ url: request.url ?? '', auth: String(request.headers['x-sentry-auth']), lines });
    response.writeHead(status, { 'retry-after': '30' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dsn = readSentryDsn(`http://key42@127.0.0.1:${(server.address() as AddressInfo).port}/7`);
  if (dsn === null) throw new Error('no DSN');
  reporter = createErrorReporter({
    dsn,
    environment: 'test',
    root: process.cwd(),
    clock: { wallMs: () => Date.parse('2026-11-23T10:00:00Z'), monotonicMs: () => nowMs },
    fetch,
    onProblem: (problem) => problems.push(problem),
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const failed = (err: unknown, more: object = {}) =>
  reporter.report({ message: 'call failed', fields: { err, ...more } });

describe('an error', () => {
  test('arrives with its causes and where it happened, and with nothing about people', async () => {
    const cause = Object.assign(new Error('Key (email)=(jana@example.com) already exists.'), {
      name: 'error',
      code: '23505',
      detail: 'jana@example.com',
    });
    const err = new TypeError('no place for "Jana Huber"', { cause });
    failed(err, {
      requestId: 'request-0815',
      rpc: 'GetMe',
      userId: 'jana',
      deviceId: 'phone',
      ip: '10.0.0.7',
    });
    await reporter.flush();
    expect(received).toHaveLength(1);
    const [{ url, auth, lines } = { url: '', auth: '', lines: [] }] = received;
    expect(url).toBe('/api/7/envelope/');
    expect(auth).toContain('sentry_key=key42');
    const [header, item, event] = lines as Record<string, unknown>[];
    expect(item).toEqual({ type: 'event' });
    expect(header?.['event_id']).toMatch(/^[0-9a-f]{32}$/);
    expect(event).toMatchObject({
      event_id: header?.['event_id'],
      timestamp: '2026-11-23T10:00:00.000Z',
      level: 'error',
      environment: 'test',
      tags: { requestId: 'request-0815', rpc: 'GetMe' },
      exception: {
        values: [
          { type: 'error 23505', value: 'Key (…)=(…) already exists.' },
          { type: 'TypeError', value: 'no place for "…"' },
        ],
      },
    });
    const { stacktrace } = (event as { exception: { values: { stacktrace: { frames: object[] } }[] } })
      .exception.values[1] ?? { stacktrace: { frames: [] } };
    expect(stacktrace.frames.at(-1)).toMatchObject({
      filename: 'cli/src/error-reports/error-reporter.int.test.ts',
      in_app: true,
    });
    expect(JSON.stringify(lines)).not.toMatch(/jana|phone|10\.0\.0\.7/i);
    expect(JSON.stringify(lines)).not.toContain(process.cwd());
  });

  test('that comes a thousand times is sent ten times, and again a minute later', async () => {
    for (let count = 0; count < 1000; count += 1)
      failed(new Error(`row 01a00000-0000-7000-8000-00000000${1000 + count} is gone`));
    await reporter.flush();
    expect(received).toHaveLength(10);
    nowMs += 60_000;
    failed(new Error('row 01a00000-0000-7000-8000-000000000000 is gone'));
    await reporter.flush();
    expect(received).toHaveLength(11);
  });
});

describe('a server of errors', () => {
  test('that has enough is left alone for as long as it says', async () => {
    status = 429;
    failed(new Error('one'));
    await reporter.flush();
    expect(problems).toEqual(['the error report was answered with 429']);
    status = 200;
    nowMs += 29_999;
    failed(new Error('two'));
    await reporter.flush();
    nowMs += 1;
    failed(new Error('three'));
    await reporter.flush();
    expect(received).toHaveLength(2);
  });

  test('that is away is told to the log and harms nothing', async () => {
    await new Promise((resolve) => server.close(resolve));
    failed(new Error('one'));
    await reporter.flush();
    expect(problems).toEqual([expect.stringContaining('could not be sent')]);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});

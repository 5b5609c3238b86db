import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repositoryRoot } from './repository-root.ts';
import { readRuntime } from './stack/runtime-file.ts';

type Run = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
};

let dataDir: string;
let runs: Run[];

beforeEach(async () => {
  dataDir = makeDataFolder('main');
  runs = [];
});
afterEach(async () => {
  for (const { child, exit } of runs) {
    child.kill('SIGTERM');
    await exit;
  }
  await rm(dataDir, { recursive: true });
});

function run(args: readonly string[], environment: Record<string, string> = {}): Run {
  const { NO_COLOR: _none, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, 'cli/src/main.ts'), ...args, '--data', dataDir],
    {
      env: { ...inherited, npm_lifecycle_event: undefined, ...environment },
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const started = { child, output: () => text, exit };
  runs.push(started);
  return started;
}

function serve(): Run {
  return run(['serve', '--port', '0', '--assets', '200']);
}

async function untilServing({ output, child }: Run): Promise<string> {
  await expect
    .poll(() => child.exitCode !== null || output().includes('is serving'), { timeout: 25_000 })
    .toBe(true);
  const runtime = await readRuntime(dataDir);
  if (runtime === null) throw new Error(`it does not serve: ${output()}`);
  return runtime.url;
}

function isListening(databaseUrl: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(databaseUrl).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

test('work does jobs beside a server, and ends in order when it is told to', async () => {
  await untilServing(serve());
  const worker = run(['work']);
  await expect.poll(() => worker.output().includes('doing jobs'), { timeout: 25_000 }).toBe(true);
  worker.child.kill('SIGTERM');
  expect(await worker.exit).toBe(0);
  expect(worker.output()).toContain('"msg":"stopped"');
});

test('a Redis that is not there is said at the start', async () => {
  const { output, exit } = run(['serve', '--port', '0'], { REDIS_URL: 'redis://127.0.0.1:1' });
  expect(await exit).toBe(1);
  expect(output()).toContain('eventkit: REDIS_URL does not lead to a Redis that answers');
});

test('sync diagnose says what a demo user is given, also to programs, and nobody else may list the streams', async () => {
  const url = await untilServing(serve());
  const forPeople = run(['sync', 'diagnose', '--user', 'lea@nordlicht.example']);
  expect(await forPeople.exit).toBe(0);
  expect(forPeople.output()).toMatch(
    /Lea .*, planner of .*\n.*newest[\s\S]*stock +3 +1 +\d+[\s\S]*own_operations +by device/,
  );
  const forPrograms = run(['sync', 'diagnose', '--user', 'lea@nordlicht.example', '--json']);
  expect(await forPrograms.exit).toBe(0);
  const [diagnosis] = JSON.parse(forPrograms.output());
  expect(diagnosis).toMatchObject({ serving: 'newest', openStreams: [] });
  const nobody = run(['sync', 'diagnose', '--user', 'nobody']);
  expect(await nobody.exit).toBe(1);
  const streams = await fetch(new URL('/sync/streams', url), { headers: { 'x-forwarded-for': '10.0.0.9' } });
  expect(streams.status).toBe(403);
});

test('stops cleanly on Ctrl-C, and leaves nothing running', async () => {
  const first = serve();
  await untilServing(first);
  const { databaseUrl } = (await readRuntime(dataDir)) ?? { databaseUrl: '' };
  expect(await isListening(databaseUrl)).toBe(true);
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(0);
  expect(await readRuntime(dataDir)).toBeNull();
  expect(await isListening(databaseUrl)).toBe(false);
});

test('a start after kill -9 takes over the database that was left behind', async () => {
  const killed = serve();
  await untilServing(killed);
  const before = await readRuntime(dataDir);
  killed.child.kill('SIGKILL');
  await killed.exit;

  const next = serve();
  const url = await untilServing(next);
  expect(next.output()).toContain('PostgreSQL adopted');
  expect((await readRuntime(dataDir))?.pids.postgres).toBe(before?.pids.postgres);
  expect((await fetch(new URL('/health', url))).status).toBe(200);
  next.child.kill('SIGTERM');
  expect(await next.exit).toBe(0);
  expect(await isListening(before?.databaseUrl ?? '')).toBe(false);
});

test('a second start on the same folder says where the first one is', async () => {
  const first = serve();
  const url = await untilServing(first);
  const second = serve();
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain(`EventKit runs already at ${url}`);
  expect(second.output()).not.toContain('    at ');
});

test('status and token speak to the one that runs', async () => {
  const first = serve();
  const url = await untilServing(first);
  const status = run(['status']);
  expect(await status.exit).toBe(0);
  expect(status.output()).toContain(`${url}: ok, everything is well`);
  const token = run(['token', '--user', 'admin@nordlicht.example', '--audience', 'sync']);
  expect(await token.exit).toBe(0);
  expect(token.output()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
});

test('status says in words what is wrong, and exits with 1', async () => {
  const health = {
    status: 'unwell',
    parts: { database: { isWell: false, detail: 'PostgreSQL does not answer.', ms: 1 } },
  };
  const unwell = createHttpServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  }).listen(0, '127.0.0.1');
  await once(unwell, 'listening');
  const address = unwell.address();
  await writeFile(
    join(dataDir, 'runtime.json'),
    JSON.stringify({
      url: 'https://rental.example.com',
      localUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      databaseUrl: '',
      pids: { eventkit: process.pid, postgres: null },
    }),
  );
  const status = run(['status']);
  expect(await status.exit).toBe(1);
  expect(status.output()).toContain('https://rental.example.com: unwell');
  expect(status.output()).toContain('unwell  database: PostgreSQL does not answer. (1 ms)');
  unwell.close();
});

describe('what a person can put right is one message without a stack', () => {
  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const refused = run(['serve', '--port', port]);
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toBe(
      `eventkit: Port ${port} is taken by another program. Stop that, or choose another: --port ${Number(port) + 1}.\n`,
    );
    other.close();
  });

  test('a database that does not answer', async () => {
    const refused = run(['serve', '--port', '0'], { DATABASE_URL: 'postgres://x:y@127.0.0.1:1/none' });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toMatch(
      /^eventkit: DATABASE_URL does not lead to a database that answers: .*ECONNREFUSED/,
    );
  });

  test('a bad variable', async () => {
    const refused = run(['serve'], { PORT: 'eighty' });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toBe('eventkit: PORT must be a number from 0 to 65535.\n');
  });

  test('nothing that runs', async () => {
    const refused = run(['status']);
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toContain(`No EventKit runs on ${dataDir}`);
  });

  test('a runtime file that a killed process left', async () => {
    await writeFile(
      join(dataDir, 'runtime.json'),
      JSON.stringify({
        url: 'http://localhost:1',
        localUrl: 'http://127.0.0.1:1',
        databaseUrl: '',
        pids: { eventkit: 2 ** 22 + 1, postgres: null },
      }),
    );
    const refused = run(['status']);
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toContain('No EventKit runs on');
  });
});

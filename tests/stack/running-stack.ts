import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildClient } from '@eventkit/cli/stack/build-client.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** EventKit as a process of its own, as people run it: it can be stopped, killed and started again on its data. */
export type RunningStack = {
  readonly url: string;
  /** Where its keys and its database are. */
  readonly dataDir: string;
  /** What it has written since it was started last. */
  log(): string;
  /** Rows of the database as its owner sees them, past row-level security. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A token of the real sign-in, as `eventkit token` prints it. */
  token(email: string, audience: 'api' | 'sync'): Promise<string>;
  /** SIGKILL of the server; PostgreSQL is left behind, as after a crash. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends everything and removes the data. */
  dispose(): Promise<void>;
};

const root = join(import.meta.dirname, '../..');
const main = join(root, 'cli/src/main.ts');
const START_MS = 60_000;

export async function startRunningStack({
  assetCount = 5000,
  port: wantedPort,
  environment = {},
}: {
  readonly assetCount?: number;
  /** Any free one unless said: for whoever has to know it before. */
  readonly port?: number;
  /** Settings beside those that are there anyway. */
  readonly environment?: Readonly<Record<string, string>>;
} = {}): Promise<RunningStack> {
  await buildClient(root);
  const dataDir = makeDataFolder('stack');
  const port = wantedPort ?? (await freePort());
  const url = `http://localhost:${port}`;
  const args = ['--data', dataDir, '--port', String(port)];
  let child: ChildProcess | null = null;
  let output: string[] = [];

  async function start(): Promise<void> {
    output = [];
    child = spawn(process.execPath, [main, 'serve', ...args, '--assets', String(assetCount)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    child.stdout?.on('data', (chunk) => output.push(String(chunk)));
    child.stderr?.on('data', (chunk) => output.push(String(chunk)));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}:\n${output.join('').slice(-4000)}`);
    });
    ended.catch(() => undefined);
    await Promise.race([ended, untilHealthy(url, dataDir)]);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    url,
    dataDir,
    log: () => output.join(''),
    async query(sql, values = []) {
      const client = new pg.Client(await databaseUrl(dataDir));
      await client.connect();
      try {
        return (await client.query(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    token: (email, audience) => run(['token', '--data', dataDir, '--user', email, '--audience', audience]),
    kill: () => end('SIGKILL'),
    start,
    async dispose() {
      // A killed server leaves PostgreSQL running: start once more, so that it ends as it does for people.
      if (child?.signalCode === 'SIGKILL') await start();
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** It answers before it has said where its database is. */
async function untilHealthy(url: string, dataDir: string): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok && existsSync(join(dataDir, 'runtime.json'))) return;
    if (performance.now() > until) throw new Error(`${url} was not healthy within ${START_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function databaseUrl(dataDir: string): Promise<string> {
  const runtime = JSON.parse(await readFile(join(dataDir, 'runtime.json'), 'utf8')) as {
    databaseUrl: string;
  };
  return runtime.databaseUrl;
}

async function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`eventkit ${args[0]} ended with ${code}`);
  return out.trim();
}

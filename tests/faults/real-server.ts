import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { signInWithTicket } from '@eventkit/api/auth/embedded-provider/sign-in-with-ticket.ts';
import { isPortTaken } from '@eventkit/database/embedded/free-port.ts';
import { isAlive } from '@eventkit/database/embedded/server-process.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { endPool } from '@eventkit/database/end-pool.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import type { Pool } from 'pg';
import { machineClock } from '#simulation/machine-clock.ts';
import { freePort } from '#stack/free-port.ts';

/** PostgreSQL and `eventkit serve`, each a process of its own that can be killed alone, with the real sign-in. */
export type RealServer = {
  readonly port: number;
  /** Of the process that answers now. */
  readonly pid: number;
  readonly ownerPool: Pool;
  /** For the API, by the whole sign-in. */
  token(email: string): Promise<string>;
  /** SIGKILL, whatever it is doing; no wait for anything but its end. */
  kill(): Promise<void>;
  /** Resolves when it answers, be it that it is only starting. */
  start(): Promise<void>;
  /** SIGKILL of the postmaster, or SIGQUIT as `pg_ctl stop -m immediate` sends it; then a start that recovers. */
  crashDatabase(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Resolves when replication follows the database. */
  untilWell(): Promise<void>;
  /** Throws where it ended without that anybody struck it, with its last words. */
  mustRun(): void;
} & AsyncDisposable;

const root = join(import.meta.dirname, '../..');
const UP_WITHIN_MS = 60_000;

export async function startRealServer(): Promise<RealServer> {
  const databaseFolder = makeDataFolder('faults-postgres');
  const dataDir = makeDataFolder('faults');
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: databaseFolder });
  const { ownerUrl, port: databasePort } = postgres;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let said = '';
  const ownerPool = createPool({
    url: ownerUrl,
    role: 'owner',
    max: 4,
    applicationName: 'faults',
    onIdleError: () => undefined,
  });

  async function start(): Promise<void> {
    const started = spawn(
      process.execPath,
      ['cli/src/main.ts', 'serve', '--data', dataDir, '--port', String(port)],
      {
        cwd: root,
        env: { ...process.env, DATABASE_URL: ownerUrl, LOG_LEVEL: 'error' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child = started;
    said = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-4000);
      });
    }
    await until(async () => (await askHealth()) !== null, 'the server to answer');
  }

  function mustRun(): void {
    if (child !== null && child.exitCode !== null) throw new Error(`the server ended by itself: ${said}`);
  }

  function askHealth(): Promise<Response | null> {
    mustRun();
    return fetch(`${url}/health`).catch(() => null);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  const untilWell = () => until(async () => (await askHealth())?.ok === true, 'the server to be well');

  await start();
  await untilWell();
  return {
    port,
    get pid() {
      return child?.pid ?? 0;
    },
    ownerPool,
    token: (email) =>
      signInWithTicket(
        { clock: machineClock },
        { publicUrl: new URL(url), folder: join(dataDir, 'keys'), email },
      ),
    kill: () => end('SIGKILL'),
    start,
    async crashDatabase(signal) {
      const { pid } = postgres;
      process.kill(pid, signal);
      await until(async () => !isAlive(pid), 'PostgreSQL to be gone');
      // Its children outlive it for a moment, and hold its port.
      await until(async () => !(await isPortTaken(databasePort)), 'its port to be free');
      postgres = await startEmbeddedPostgres({ dataDir: databaseFolder, port: databasePort });
    },
    untilWell,
    mustRun,
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await endPool(ownerPool);
      await postgres.stop();
      for (const folder of [dataDir, databaseFolder]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const givenUpAt = performance.now() + UP_WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > givenUpAt) throw new Error(`waited ${UP_WITHIN_MS} ms for ${what}`);
    await wait(25);
  }
}

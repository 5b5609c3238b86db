import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeDataFolder } from '#testing/make-data-folder.ts';
import { isAlive } from './server-process.ts';
import { type EmbeddedPostgres, PortTakenError, startEmbeddedPostgres } from './start-embedded-postgres.ts';

const START_FILE = new URL('./start-embedded-postgres.ts', import.meta.url).href;

describe('the embedded server', () => {
  let folder: string;
  const started: EmbeddedPostgres[] = [];
  const start = async (options: { port?: number; dataDir?: string } = {}) => {
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), ...options });
    started.push(server);
    return server;
  };

  beforeEach(() => {
    folder = makeDataFolder('embedded');
  });
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('starts, keeps its data and its address over a restart, and is set up for replication', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept (id int)');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();

    expect(second.wasAdopted).toBe(false);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await query(second, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 0 }]);
    expect(await query(second, 'SHOW wal_level')).toEqual([{ wal_level: 'logical' }]);
    expect(await query(second, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(second, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  });

  test('lets nobody in without the password, which only its user can read', async () => {
    const server = await start();
    const wrong = new URL(server.ownerUrl);
    wrong.password = 'guessed';
    await expect(query({ ownerUrl: wrong.href }, 'SELECT 1')).rejects.toThrow(
      /password authentication failed/,
    );
    expect(statSync(join(folder, 'data', 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  test('adopts the server of a process that was killed', async () => {
    await startInProcessThatDies(join(folder, 'data'));
    const adopted = await start();
    expect(adopted.wasAdopted).toBe(true);
    expect(await query(adopted, 'SELECT id FROM left_behind')).toEqual([{ id: 1 }]);
  });

  test('recovers what was committed before a kill -9 of the server', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS id');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.wasAdopted).toBe(false);
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  });

  test('passes over a pid file whose number belongs to another program by now', async () => {
    const first = await start();
    const pidFile = join(clusterDir(folder), 'postmaster.pid');
    const text = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, text.replace(/^\d+/, String(process.ppid)));
    const second = await start();
    expect(second.wasAdopted).toBe(false);
  });

  test('says so when the port asked for is taken, and starts nothing', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    try {
      await expect(start({ port })).rejects.toThrow(PortTakenError);
      await expect(start({ port })).rejects.toThrow(`port ${port} is taken`);
    } finally {
      other.close();
    }
  });

  test('takes another port when the one it remembers is taken', async () => {
    const first = await start();
    await first.stop();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(first.port, '127.0.0.1', resolve));
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      other.close();
    }
  });

  test('is one server for everybody who starts it on the same folder at once', async () => {
    const dataDir = join(folder, 'data');
    const [here, ...pids] = await Promise.all([start(), startElsewhere(dataDir), startElsewhere(dataDir)]);
    expect(pids).toEqual([here.pid, here.pid]);
  });

  test.runIf(process.getuid?.() === 0)('runs below a folder that is closed to other users', async () => {
    chmodSync(folder, 0o700);
    const server = await start({ dataDir: join(folder, 'private') });
    const cluster = readFileSync(join(folder, 'private', 'postgres-lies-in'), 'utf8').trim();
    expect(await query(server, 'SHOW data_directory')).toEqual([
      { data_directory: join(cluster, 'cluster') },
    ]);
    await server.stop();
    rmSync(cluster, { recursive: true });
  });

  test.runIf(process.getuid?.() === 0)('starts for an ordinary user', () => {
    const nobody = spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' }).stdout.trim();
    chmodSync(folder, 0o777);
    const ran = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', script(join(folder, 'own'), 'stop')],
      {
        encoding: 'utf8',
        uid: Number(nobody),
        gid: Number(nobody),
        cwd: '/',
      },
    );
    expect(ran.stderr).toBe('');
    expect(Number(ran.stdout)).toBeGreaterThan(0);
    expect(statSync(join(folder, 'own', 'postgres', 'cluster')).uid).toBe(Number(nobody));
  });
});

async function query(server: { readonly ownerUrl: string }, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function clusterDir(folder: string): string {
  return join(folder, 'data', 'postgres', 'cluster');
}

/** The text of a program that starts the server, writes its pid, and then stops it, leaves it or dies. */
function script(dataDir: string, then: 'stop' | 'leave' | 'die'): string {
  const ending = {
    stop: 'await server.stop();',
    leave: '',
    die: `process.kill(process.pid, 'SIGKILL');`,
  }[then];
  return `
    import { startEmbeddedPostgres } from ${JSON.stringify(START_FILE)};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write(String(server.pid));
    ${ending}`;
}

async function startElsewhere(dataDir: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script(dataDir, 'leave'),
  ]);
  return Number(stdout);
}

async function startInProcessThatDies(dataDir: string): Promise<void> {
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script(dataDir, 'die')], {
    encoding: 'utf8',
  });
  expect(ran.signal).toBe('SIGKILL');
  const orphan = await startEmbeddedPostgres({ dataDir });
  expect(orphan.pid).toBe(Number(ran.stdout));
  await query(orphan, 'CREATE TABLE left_behind AS SELECT 1 AS id');
}

import { spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterFolder } from './cluster-folder.ts';
import type { Account } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { isAlive } from './server-process.ts';

export const OWNER_NAME = 'eventkit';

const MAJOR_VERSION = '18';

/** Makes the cluster where there is none. Safe for several processes at once: one cluster wins, whole. */
export async function initialiseCluster(
  binaries: PostgresBinaries,
  folder: ClusterFolder,
  account: Account | null,
  password: string,
): Promise<void> {
  const versionFile = join(folder.clusterDir, 'PG_VERSION');
  if (!existsSync(versionFile)) await makeCluster(binaries, folder, account, password);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `${folder.clusterDir} was made by PostgreSQL ${version}, this is ${MAJOR_VERSION}: it must be upgraded first`,
    );
  }
}

async function makeCluster(
  binaries: PostgresBinaries,
  folder: ClusterFolder,
  account: Account | null,
  password: string,
): Promise<void> {
  removeAbandoned(folder.parentDir);
  const unfinished = join(folder.parentDir, `cluster.${process.pid}`);
  const passwordFile = join(folder.parentDir, `password.${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) chownSync(passwordFile, account.uid, account.gid);
  try {
    await run(binaries.initdb, account, [
      ...['--pgdata', unfinished, '--username', OWNER_NAME, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8'],
      // The locale must not depend on the machine: sort order is part of what indexes and pages rely on.
      ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ]);
    renameSync(unfinished, folder.clusterDir);
  } catch (error) {
    if (!existsSync(join(folder.clusterDir, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** What processes left behind that were killed while they made a cluster. */
function removeAbandoned(parentDir: string): void {
  for (const name of readdirSync(parentDir)) {
    const pid = Number(/^(?:cluster|password)\.(\d+)$/.exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid))
      rmSync(join(parentDir, name), { recursive: true, force: true });
  }
}

function run(program: string, account: Account | null, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}: ${output.slice(-1000)}`));
    });
  });
}

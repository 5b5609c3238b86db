import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterFolder } from './cluster-folder.ts';
import type { Account } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { isAlive } from './server-process.ts';

export type Outcome =
  | { readonly tag: 'ready'; readonly pid: number }
  | { readonly tag: 'port_taken' }
  /** Another process started a server on this cluster meanwhile. */
  | { readonly tag: 'already_running' }
  /** Children of a killed server have not gone yet. */
  | { readonly tag: 'old_children' }
  | { readonly tag: 'failed'; readonly log: string };

const READY_WITHIN_MS = 120_000;
const LARGEST_LOG_BYTES = 20_000_000;

/** Starts a server of its own process group that outlives this process, and waits until it takes connections. */
export async function runPostmaster(
  binaries: PostgresBinaries,
  folder: ClusterFolder,
  account: Account | null,
  settings: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const logStart = turnLog(folder.logPath);
  const log = openSync(folder.logPath, 'a', 0o600);
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      folder.clusterDir,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...account,
      cwd: '/',
      detached: true,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const spawned = Promise.withResolvers<never>();
  child.once('error', spawned.reject);
  const pid = await Promise.race([
    spawned.promise,
    new Promise<number>((resolve) => child.once('spawn', () => resolve(child.pid ?? 0))),
  ]);
  child.unref();
  const givenUpAt = performance.now() + READY_WITHIN_MS;
  while (performance.now() < givenUpAt) {
    const said = readPostmasterPid(folder.clusterDir);
    if (said?.pid === pid && said.isReady) return { tag: 'ready', pid };
    if (!isAlive(pid)) return reasonOf(readFileSync(folder.logPath, 'utf8').slice(logStart));
    await wait(10);
  }
  process.kill(pid, 'SIGINT');
  return { tag: 'failed', log: `not ready within ${READY_WITHIN_MS} ms, see ${folder.logPath}` };
}

function reasonOf(log: string): Outcome {
  if (/could not bind .* address|could not create any TCP\/IP sockets/.test(log))
    return { tag: 'port_taken' };
  if (/lock file "postmaster.pid" (already exists|is empty)/.test(log)) return { tag: 'already_running' };
  if (/pre-existing shared memory block/.test(log)) return { tag: 'old_children' };
  return { tag: 'failed', log: log.slice(-2000) };
}

/** Where this start's own lines will begin; a log grown large is set aside first. */
function turnLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LARGEST_LOG_BYTES) return size;
  renameSync(path, `${path}.old`);
  return 0;
}

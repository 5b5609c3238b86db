import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** False for a zombie too: in a container nobody may reap a killed process, and it still answers signal 0. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** False only where the command of the process is known and is not PostgreSQL: its number was given out anew. */
export function mayBePostgres(pid: number): boolean {
  const command = commandOf(pid);
  return command === null || command.includes('postgres');
}

/** Fast shutdown: sessions are ended, everything is written. Resolves when the process is gone. */
export async function stopServer(pid: number): Promise<void> {
  const givenUpAt = performance.now() + 60_000;
  if (!isAlive(pid)) return;
  process.kill(pid, process.platform === 'win32' ? 'SIGTERM' : 'SIGINT');
  while (isAlive(pid)) {
    if (performance.now() > givenUpAt) throw new Error(`PostgreSQL (pid ${pid}) did not stop within 60 s`);
    await wait(10);
  }
}

function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z /s.test(readProcessFile(pid, 'stat') ?? '');
}

function commandOf(pid: number): string | null {
  if (process.platform === 'win32') return null;
  const fromLinux = readProcessFile(pid, 'cmdline');
  if (fromLinux !== null) return fromLinux;
  const listed = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout : null;
}

function readProcessFile(pid: number, name: 'stat' | 'cmdline'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return null;
    throw error;
  }
}

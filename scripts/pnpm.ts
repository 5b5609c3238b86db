import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const pnpmFile = join(root, 'scripts/bootstrap/node_modules/pnpm/bin/pnpm.mjs');

/** What the pinned pnpm prints for these words; throws with its words where it fails. */
export function askPnpm(...words: readonly string[]): string {
  return execFileSync(process.execPath, [pnpmFile, ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

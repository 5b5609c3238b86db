import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CliError } from '#cli-error.ts';

const SOURCES = ['client', 'shared/src', 'proto/src', 'proto/gen', 'vite.config.ts', 'pnpm-lock.yaml'];
const LEFT_OUT = new Set(['node_modules', 'dist', 'test-results']);
const LINES_SHOWN = 20;

/** Builds the client unless the build there comes from exactly these sources. Answers whether it built. */
export async function buildClient(root: string): Promise<boolean> {
  const stamp = join(root, 'client/dist/.eventkit-sources');
  const wanted = hashOfSources(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await runVite(root);
  writeFileSync(stamp, wanted);
  return true;
}

function runVite(root: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite))
    throw new CliError('The app cannot be built, as vite is not installed: run "npm start".');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else {
        const said = lines.join('').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
        reject(new CliError(`The app could not be built (vite ended with ${code ?? signal}):\n${said}`));
      }
    });
  });
}

function hashOfSources(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesOf(inner) : [inner];
    });
}

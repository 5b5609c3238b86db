import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How others find the EventKit that runs on a data folder. Holds the database's password: mode 0600. */
export type Runtime = {
  /** How browsers reach it. */
  readonly url: string;
  /** How this machine reaches it, whatever stands between it and the browsers. */
  readonly localUrl: string;
  /** Of the owner. */
  readonly databaseUrl: string;
  readonly pids: { readonly eventkit: number; readonly postgres: number | null };
};

export async function writeRuntime(dataDir: string, runtime: Runtime): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = runtimeFile(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Null where nothing runs, or what ran was killed without a trace of its own. */
export async function readRuntime(dataDir: string): Promise<Runtime | null> {
  try {
    const runtime: Runtime = JSON.parse(await readFile(runtimeFile(dataDir), 'utf8'));
    return isAlive(runtime.pids.eventkit) ? runtime : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

export async function removeRuntime(dataDir: string): Promise<void> {
  await rm(runtimeFile(dataDir), { force: true });
}

function runtimeFile(dataDir: string): string {
  return join(dataDir, 'runtime.json');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it lives and belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

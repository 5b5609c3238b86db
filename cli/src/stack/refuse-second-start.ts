import { CliError } from '#cli-error.ts';
import { readRuntime } from './runtime-file.ts';

const ANSWER_WITHIN_MS = 2000;

/** Two EventKits on one data folder would read one replication slot: the second says where the first is. */
export async function refuseSecondStart(dataDir: string): Promise<void> {
  const runtime = await readRuntime(dataDir);
  if (runtime === null || runtime.pids.eventkit === process.pid || !(await answers(runtime.localUrl))) return;
  throw new CliError(
    `EventKit runs already at ${runtime.url} (process ${runtime.pids.eventkit}). Use that one, stop it with Ctrl-C ` +
      `or "kill ${runtime.pids.eventkit}", or give this one its own folder with --data.`,
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(new URL('/health', url), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return true;
  } catch {
    // Nothing there, or something that is not EventKit: its process id was given to another program.
    return false;
  }
}

import { CliError } from '#cli-error.ts';
import { type Runtime, readRuntime } from '#stack/runtime-file.ts';

/** The EventKit that runs on this data folder. */
export async function findRunning(dataDir: string): Promise<Runtime> {
  const runtime = await readRuntime(dataDir);
  if (runtime !== null) return runtime;
  throw new CliError(
    `No EventKit runs on ${dataDir}. Start it with "npm start", or name its folder with --data.`,
  );
}

import type { Health } from '@eventkit/api/http/health.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import { findRunning } from './find-running.ts';

/** Prints how each part is; the exit code is 1 where one is not well. */
export async function status(config: Config): Promise<void> {
  const { url } = await findRunning(config.dataDir);
  const health = await readHealth(url);
  console.log(`${url}: ${health.status}`);
  for (const [name, { isWell, detail, ms }] of Object.entries(health.parts)) {
    console.log(
      `  ${isWell ? 'ok    ' : 'unwell'}  ${name}${detail === undefined ? '' : `: ${detail}`} (${ms} ms)`,
    );
  }
  if (health.status !== 'ok') process.exitCode = 1;
}

async function readHealth(url: string): Promise<Health> {
  try {
    const response = await fetch(new URL('/health', url));
    return (await response.json()) as Health;
  } catch (thrown) {
    throw new CliError(`${url} does not answer. Start EventKit again with "npm start".`, { cause: thrown });
  }
}

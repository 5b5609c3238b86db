import type { Health } from '@eventkit/api/http/health.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import { findRunning } from './find-running.ts';

/** Prints how each part is, in words; the exit code is 1 unless all is well. */
export async function status(config: Config): Promise<void> {
  const { url, localUrl } = await findRunning(config.dataDir);
  const health = await readHealth(localUrl);
  console.log(describeHealth(url, health));
  if (health.status !== 'ok') process.exitCode = 1;
}

const headlines = {
  ok: 'ok, everything is well',
  degraded: 'degraded: it serves, and something wants your attention',
  unwell: 'unwell: it does not serve as it should',
} as const satisfies Record<Health['status'], string>;

/** What a person reads: one line for the whole, one for each part with its reason. */
export function describeHealth(url: string, { status: whole, parts }: Health): string {
  const lines = Object.entries(parts).map(
    ([name, { isWell, detail, ms }]) =>
      `  ${isWell ? 'ok    ' : 'unwell'}  ${name}${detail === undefined ? '' : `: ${detail}`} (${ms} ms)`,
  );
  return [`${url}: ${headlines[whole]}`, ...lines].join('\n');
}

async function readHealth(url: string): Promise<Health> {
  try {
    const response = await fetch(new URL('/health', url));
    return (await response.json()) as Health;
  } catch (thrown) {
    throw new CliError(
      `EventKit runs, but ${url} does not answer. Stop it and start it again; its log says more.`,
      {
        cause: thrown,
      },
    );
  }
}

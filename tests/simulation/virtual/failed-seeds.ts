import { readFile } from 'node:fs/promises';

/** A seed that failed once, and by what; it runs with every test run from then on. */
export type FailedSeed = { readonly seed: string; readonly found: string };

export const failedSeedsFile = new URL('./failed-seeds.json', import.meta.url);

export async function readFailedSeeds(): Promise<readonly FailedSeed[]> {
  return JSON.parse(await readFile(failedSeedsFile, 'utf8')) as FailedSeed[];
}

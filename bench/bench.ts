/** What a bench found. Keys are the ones of the budgets table; units are in the key. */
export type BenchResult = {
  readonly figures: Readonly<Record<string, number>>;
  readonly budgets: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  /** A figure above its budget ends the command with 1. */
  readonly isGate?: true;
};

/** A bench that `npm run bench -- <name>` runs. `assetCount` is how many assets the demo company has. */
export type Bench = (options: { readonly assetCount: number }) => Promise<BenchResult>;

/** Value below which the given share (0 to 1) of the sorted samples lies; throws without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('a percentile needs samples');
  return Math.round(value * 100) / 100;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** One run after the other; each is told its place, from 0. */
export async function repeat<T>(count: number, run: (place: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let place = 0; place < count; place += 1) results.push(await run(place));
  return results;
}

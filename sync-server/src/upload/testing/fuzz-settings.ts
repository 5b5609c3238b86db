/** A pinned seed and count, so that runs repeat; EVENTKIT_SEED replays another, EVENTKIT_RUNS multiplies the count. */
export function fuzzSettings(seed: number, numRuns: number): { seed: number; numRuns: number } {
  const { EVENTKIT_SEED: replayed, EVENTKIT_RUNS: times } = process.env;
  return { seed: Number(replayed ?? seed), numRuns: Math.ceil(numRuns * Number(times ?? 1)) };
}

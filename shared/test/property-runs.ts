import type { Parameters } from 'fast-check';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20_261_122);
const factor = Number(process.env['EVENTKIT_RUNS'] ?? 1);

/** How a property is run: EVENTKIT_SEED replays another seed, EVENTKIT_RUNS multiplies the runs. */
export function runs<Values>(numRuns: number): Parameters<Values> & { numRuns: number } {
  return { seed, numRuns: Math.ceil(numRuns * factor) };
}

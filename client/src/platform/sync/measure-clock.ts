import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { ClockSample } from './corrected-clock.ts';

/** Asks the server for its time, milliseconds since 1970; throws where it cannot be reached. */
export type AskServerTime = (signal: AbortSignal) => Promise<number>;

/**
 * The server's time by round trips; the quickest of them wins, as its error is the smallest.
 * Source: Cristian, "Probabilistic clock synchronization", 1989. Rejects with the last error when no answer came.
 */
export async function measureClock(
  { clock, askServerTime }: { clock: Clock; askServerTime: AskServerTime },
  signal: AbortSignal,
  rounds = 5,
): Promise<ClockSample> {
  let best: ClockSample | null = null;
  let problem: unknown = new Error('no round was made');
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    try {
      const sample = await askOnce({ clock, askServerTime }, signal);
      if (best === null || sample.roundTripMs < best.roundTripMs) best = sample;
    } catch (error) {
      problem = error;
      break;
    }
  }
  if (best === null) throw problem;
  return best;
}

async function askOnce(
  { clock, askServerTime }: { clock: Clock; askServerTime: AskServerTime },
  signal: AbortSignal,
): Promise<ClockSample> {
  const askedMs = clock.monotonicMs();
  const serverMs = await askServerTime(signal);
  const answeredMs = clock.monotonicMs();
  return { serverMs, monotonicMs: (askedMs + answeredMs) / 2, roundTripMs: answeredMs - askedMs };
}

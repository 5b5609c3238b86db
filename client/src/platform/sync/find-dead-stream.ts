import type { Clock } from '@eventkit/shared/kernel/clock.ts';

/** Whether the server has a stream to this device open; null where it does not know. Throws where it is not reached. */
export type AskForStream = (signal: AbortSignal) => Promise<boolean | null>;

const ASK_EVERY_MS = 15_000;
const ASK_AT_LEAST_EVERY_MS = 640_000;
/** A bad network takes several streams in a row; more than these is no network. */
const DEAD_IN_A_ROW = 5;
/** As many as connections may be kept for the next call. */
const ATTEMPTS = 5;
const QUICK_MS = 500;

/**
 * Half-open: this end of the stream stands, or waits for its first answer, and hears nothing; the other is gone, and TCP
 * tells nobody. The SDK waits on such a line for ever, and whoever only looks on notices nothing. So the server is
 * asked. Where a new stream does not change the answer, another server answers than the one that streams, or the line
 * is too slow: then it is asked ever less often.
 */
export function createDeadStreamFinder(
  askForStream: AskForStream,
  clock: Pick<Clock, 'monotonicMs'>,
): (isConnected: () => boolean, signal: AbortSignal) => Promise<boolean> {
  let everyMs = ASK_EVERY_MS;
  let deadCount = 0;
  let nextAtMs = clock.monotonicMs() + everyMs;
  return async (isConnected, signal) => {
    if (clock.monotonicMs() < nextAtMs) return false;
    const wasConnected = isConnected();
    const isOpen = await askPastDeadConnections(askForStream, clock, signal);
    // Not reached: asked again at the next look.
    if (isOpen === 'not_reached') return false;
    // One that began to stand, or fell, meanwhile is no dead one.
    const isDead = isOpen === false && isConnected() === wasConnected;
    deadCount = isDead ? deadCount + 1 : 0;
    everyMs = deadCount < DEAD_IN_A_ROW ? ASK_EVERY_MS : Math.min(2 * everyMs, ASK_AT_LEAST_EVERY_MS);
    nextAtMs = clock.monotonicMs() + everyMs;
    return isDead;
  };
}

/** Connections that were kept for later died with the stream, each unnoticed until it is used: then it fails at once. */
async function askPastDeadConnections(
  askForStream: AskForStream,
  clock: Pick<Clock, 'monotonicMs'>,
  signal: AbortSignal,
): Promise<boolean | null | 'not_reached'> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const startedMs = clock.monotonicMs();
    try {
      return await askForStream(signal);
    } catch {
      if (clock.monotonicMs() - startedMs > QUICK_MS) break;
    }
  }
  return 'not_reached';
}

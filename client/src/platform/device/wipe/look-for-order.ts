import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { PushFailure } from '#platform/sync/push.ts';

const AT_MOST_EVERY_MS = 10_000;

/**
 * Whoever is turned away asks whether the device is to be wiped: it may have been shut out, or its person. Not more often
 * than every ten seconds.
 */
export function createOrderLook(ports: {
  readonly deviceClock: Pick<Clock, 'monotonicMs'>;
  readonly follow: () => Promise<void>;
  readonly onProblem: (error: unknown) => void;
}): (failure: Pick<PushFailure, 'tag'>) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return ({ tag }) => {
    const isTurnedAway = tag === 'device_revoked' || tag === 'unauthenticated' || tag === 'not_allowed';
    const nowMs = ports.deviceClock.monotonicMs();
    if (!isTurnedAway || nowMs < nextAtMs) return;
    nextAtMs = nowMs + AT_MOST_EVERY_MS;
    ports.follow().catch(ports.onProblem);
  };
}

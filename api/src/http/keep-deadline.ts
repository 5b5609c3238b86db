import { createContextKey, type Interceptor } from '@connectrpc/connect';
import { isCutOff } from '@eventkit/database/is-cut-off.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Logger } from 'pino';
import { connectErrorOf } from './connect-error-of.ts';
import { requestIdKey } from './request-id.ts';

/** How long the caller still waits; null where nobody has said. */
export const remainingMsKey = createContextKey<(() => number) | null>(null, {
  description: 'milliseconds until the deadline',
});

/** Shorter than the minute after which another call may take over an idempotency key. */
const LONGEST_MS = 50_000;

/**
 * Answers `deadline_exceeded` when the caller's own timeout (connect-timeout-ms, grpc-timeout) has passed, or ours. Work
 * in the database is cut at the same time (`scopeOf`), except where the service decides otherwise: a push that was given
 * up is brought to its end, so that the next one is answered from what it did.
 */
export function keepDeadline(
  clock: Pick<Clock, 'monotonicMs'>,
  log: Pick<Logger, 'warn'>,
  longestMs = LONGEST_MS,
): Interceptor {
  return (next) => async (request) => {
    const allowedMs = Math.min(longestMs, timeoutOf(request.header));
    const endsAtMs = clock.monotonicMs() + allowedMs;
    request.contextValues.set(remainingMsKey, () => endsAtMs - clock.monotonicMs());
    const late = Promise.withResolvers<never>();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      late.reject(connectErrorOf({ tag: 'deadline_exceeded' }));
    }, allowedMs);
    const work = next(request).catch((thrown: unknown) => {
      if (isCutOff(thrown)) throw connectErrorOf({ tag: 'deadline_exceeded' });
      // Nobody waits for it any more.
      const requestId = request.contextValues.get(requestIdKey);
      if (isLate) log.warn({ requestId, err: thrown }, 'a call that was given up failed');
      throw thrown;
    });
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const MILLISECONDS = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000001 } as const;

/** What the caller allows; without end where they say nothing. Connect has refused what cannot be read. */
export function timeoutOf(header: Headers): number {
  const connect = /^\d{1,10}$/.exec(header.get('connect-timeout-ms') ?? '')?.[0];
  if (connect !== undefined) return Number(connect);
  const [, amount, unit] = /^(\d{1,8})([HMSmun])$/.exec(header.get('grpc-timeout') ?? '') ?? [];
  if (amount === undefined) return Number.POSITIVE_INFINITY;
  return Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

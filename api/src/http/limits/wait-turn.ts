import type { Interceptor } from '@connectrpc/connect';
import { callerOf, principalKey } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { kindOf } from './limit-calls.ts';
import type { Turns } from './turns.ts';

/** As many as a screen asks for at once; more of one person would only have the others wait for the database. */
const MOST_UNDER_WAY = 4;
/** What a burst may bring at once by the limits of `rate-limiter.ts`; beyond that the caller is told to come again. */
const MOST_WAITING = 300;
const COME_AGAIN_MS = 1000;

/** The bounds of every server. */
export const usualTurns = { mostUnderWay: MOST_UNDER_WAY, mostWaiting: MOST_WAITING };

/**
 * The calls of one person wait for one another, not the others for them. What devices need is not held up: a hall of
 * them works under one name. Innermost: who waits longer than the caller does is answered by the deadline.
 */
export function waitTurn(turns: Turns): Interceptor {
  return (next) => async (request) => {
    if (request.contextValues.get(principalKey) === null || kindOf(request) === 'devices')
      return next(request);
    const { tenantId, userId, apiKeyId, remainingMs } = callerOf({ values: request.contextValues });
    const turn = turns.take(apiKeyId ?? `${tenantId} ${userId}`);
    if (turn === null) throw connectErrorOf({ tag: 'rate_limited', retryAfterMs: COME_AGAIN_MS });
    const end = await turn;
    try {
      // Nobody waits for it any more: it must not be done after all.
      if (remainingMs !== null && remainingMs() <= 0) throw connectErrorOf({ tag: 'deadline_exceeded' });
      return await next(request);
    } finally {
      end();
    }
  };
}

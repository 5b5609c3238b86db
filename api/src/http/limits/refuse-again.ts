import type { Interceptor } from '@connectrpc/connect';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { kindOf } from './limit-calls.ts';
import type { RefusedCredentials } from './refused-credentials.ts';

/**
 * Whoever was told to wait and does not is told so again before anybody asks the database who they are: a flood must not
 * cost the others what it costs to know whose it is.
 */
export function refuseAgain(refused: RefusedCredentials): Interceptor {
  return (next) => async (request) => {
    const retryAfterMs = refused.waitMs(request.header, kindOf(request));
    if (retryAfterMs > 0) throw connectErrorOf({ tag: 'rate_limited', retryAfterMs });
    return next(request);
  };
}

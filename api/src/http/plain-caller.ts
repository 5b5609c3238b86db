import { Code, ConnectError } from '@connectrpc/connect';
import { type Authentication, findPrincipal } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { retryAfterHeader } from './limits/retry-after-header.ts';
import { clientAddressIn, type PlainContext, requestIdIn } from './plain-request.ts';

/** Why somebody gets no further than the door. */
export type DoorRefusal = 'not_signed_in' | 'cross_site' | 'rate_limited';

export const statusOfDoor = {
  not_signed_in: 401,
  cross_site: 403,
  rate_limited: 429,
} as const satisfies Record<DoorRefusal, number>;

/** Who sends a request that is no RPC, by the same cookie, token or key; counted as calls of devices or of screens. */
export async function plainCallerOf(
  c: PlainContext,
  { authentication, limiter }: { readonly authentication: Authentication; readonly limiter: RateLimiter },
  counted: Parameters<RateLimiter['admitPerson']>[1],
): Promise<Caller | DoorRefusal> {
  try {
    const { headers: header, url } = c.req.raw;
    const principal = await findPrincipal(authentication, { header, requestMethod: c.req.method, url });
    const admission =
      principal === null
        ? limiter.admitStranger(clientAddressIn(c))
        : limiter.admitPerson(principal, counted);
    if (!admission.isAdmitted) {
      c.header('retry-after', retryAfterHeader(admission.retryAfterMs));
      return 'rate_limited';
    }
    if (principal === null) return 'not_signed_in';
    return { ...principal, requestId: requestIdIn(c), remainingMs: null };
  } catch (error) {
    if (ConnectError.from(error).code === Code.PermissionDenied) return 'cross_site';
    throw error;
  }
}

import type { Interceptor } from '@connectrpc/connect';
import { type Principal, principalKey } from './caller.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { isFromOwnSite } from './is-from-own-site.ts';
import { type LeaseHolder, leaseHolderKey } from './lease-holder.ts';

/** How a request proves who sends it. Each answers null for anything that is not valid now. */
export type Authentication = {
  /** The person of the session cookie in this Cookie header. */
  bySession(cookieHeader: string): Promise<Principal | null>;
  /** The person of this bearer token: an access token (JWT for the API's audience), or a key for whom it acts. */
  byBearerToken(token: string): Promise<Principal | null>;
  /** Whose device this lease of ours was given for, whether it has ended or not. */
  byLease(lease: string): Promise<LeaseHolder | null>;
};

/**
 * A bearer token where one is sent, otherwise the session cookie; the cookie only for calls of our own pages. Who is
 * nobody goes on as nobody, to be counted by address and then refused.
 */
export function authenticate(authentication: Authentication): Interceptor {
  return (next) => async (request) => {
    request.contextValues.set(principalKey, await findPrincipal(authentication, request));
    const lease = /^Lease ([\w.-]+)$/i.exec(request.header.get('authorization') ?? '')?.[1];
    if (lease !== undefined) request.contextValues.set(leaseHolderKey, await authentication.byLease(lease));
    return next(request);
  };
}

/** Who sends this request; null where nobody says so. Throws a ConnectError for a page of another site. */
export async function findPrincipal(
  authentication: Authentication,
  request: { readonly header: Headers; readonly requestMethod: string; readonly url: string },
): Promise<Principal | null> {
  const authorization = request.header.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    return token === undefined ? null : authentication.byBearerToken(token);
  }
  const cookies = request.header.get('cookie');
  if (cookies === null) return null;
  const principal = await authentication.bySession(cookies);
  if (principal !== null && !isFromOwnSite(request)) throw connectErrorOf({ tag: 'cross_site' });
  return principal;
}

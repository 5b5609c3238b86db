import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type pg from 'pg';
import type { Logger } from 'pino';
import { isFromOwnSite } from '#http/is-from-own-site.ts';
import type { RateLimiter } from '#http/limits/rate-limiter.ts';
import { retryAfterHeader } from '#http/limits/retry-after-header.ts';
import { clientAddressIn, type PlainBindings, type PlainContext, requestIdIn } from '#http/plain-request.ts';
import { findUserOf } from './find-user-of.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { PAGE_STYLE, PAGE_STYLE_PATH, pageLanguageOf } from './page.ts';
import { renderProblemPage, type SignInProblem } from './render-problem-page.ts';
import { readCookie, setCookie, takesSecureCookies } from './session-cookie.ts';
import { createSession, endSession, findSession } from './session-store.ts';
import { openSignIn, SIGN_IN_LIFETIME_S, safeReturnPath, sealSignIn } from './sign-in-ticket.ts';
import { createUsersBySubject } from './users-by-subject.ts';

export type SignInCapabilities = {
  readonly pool: pg.Pool;
  readonly log: Logger;
  readonly publicUrl: URL;
  readonly provider: IdentityProvider;
  /** Seals what a sign-in must bring back; 32 bytes. */
  readonly signInKey: Uint8Array;
  readonly limiter: RateLimiter;
};

const SESSION_LIFETIME_S = 14 * 86_400;
const STATUS_BY_PROBLEM = {
  unknown_user: 403,
  unverified_email: 403,
  several_companies: 403,
  other_account: 403,
  no_role: 403,
  sign_in_expired: 400,
  sign_in_failed: 400,
  provider_unreachable: 503,
  too_many: 429,
} as const satisfies Record<SignInProblem, number>;

/** `/auth/login?return=/path`, `/auth/callback` and `POST /auth/logout`: the browser never sees a token. */
export function signInRoutes(capabilities: SignInCapabilities): Hono<PlainBindings> {
  return new Hono<PlainBindings>()
    .get('/auth/login', (c) => startSignIn(capabilities, c))
    .get('/auth/callback', (c) => finishSignIn(capabilities, c))
    .post('/auth/logout', (c) => signOut(capabilities, c))
    .get(PAGE_STYLE_PATH, (c) => {
      c.header('cache-control', 'public, max-age=3600');
      return c.body(PAGE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' });
    });
}

async function startSignIn(capabilities: SignInCapabilities, c: PlainContext) {
  const { limiter, provider, publicUrl, signInKey } = capabilities;
  const admission = limiter.admitStranger(clientAddressIn(c));
  if (!admission.isAdmitted) return tooMany(c, admission.retryAfterMs);
  const returnTo = safeReturnPath(c.req.query('return'));
  // Cookies stay with one host, and the provider leads back to the public one: start there.
  if (c.req.header('host') !== undefined && c.req.header('host') !== publicUrl.host) {
    return c.redirect(new URL(`/auth/login?return=${encodeURIComponent(returnTo)}`, publicUrl).href);
  }
  const checks = { state: randomText(), nonce: randomText(), codeVerifier: randomText() };
  try {
    const target = await provider.authorizationUrl(checks, callbackUrl(publicUrl));
    const sealed = await sealSignIn(signInKey, { ...checks, returnTo });
    c.header('set-cookie', setCookie('sign_in', isSecure(capabilities, c), sealed, SIGN_IN_LIFETIME_S));
    c.header('cache-control', 'no-store');
    return c.redirect(target.href);
  } catch (thrown) {
    return unreachable(capabilities, c, thrown);
  }
}

async function finishSignIn(capabilities: SignInCapabilities, c: PlainContext) {
  const { pool, limiter, log, provider, publicUrl, signInKey } = capabilities;
  c.header('cache-control', 'no-store');
  const admission = limiter.admitStranger(clientAddressIn(c));
  if (!admission.isAdmitted) return tooMany(c, admission.retryAfterMs);
  const sealed = readCookie('sign_in', publicUrl, c.req.header('cookie') ?? '');
  const ticket = sealed === null ? null : await openSignIn(signInKey, sealed);
  if (ticket === null) return problem(c, 'sign_in_expired');
  c.header('set-cookie', setCookie('sign_in', isSecure(capabilities, c), '', 0));

  const answer = callbackUrl(publicUrl);
  answer.search = new URL(c.req.url).search;
  try {
    const signedIn = await provider.redeem(ticket, answer);
    if (!signedIn.ok) {
      log.warn({ requestId: requestIdIn(c), reason: signedIn.error.reason }, 'sign-in failed');
      return problem(c, 'sign_in_failed');
    }
    const user = await findUserOf({ pool, usersBySubject: createUsersBySubject(pool) }, signedIn.value);
    if (!user.ok) {
      const { issuer, subject } = signedIn.value;
      log.warn({ requestId: requestIdIn(c), reason: user.error.tag, issuer, subject }, 'sign-in refused');
      return problem(c, user.error.tag);
    }
    const { idToken, refreshToken, sid } = signedIn.value;
    const id = await createSession(pool, user.value, {
      idToken,
      refreshToken,
      providerSid: sid,
      lifetimeS: SESSION_LIFETIME_S,
      userAgent: c.req.header('user-agent') ?? '',
    });
    c.header('set-cookie', setCookie('session', isSecure(capabilities, c), id, SESSION_LIFETIME_S), {
      append: true,
    });
    return c.redirect(ticket.returnTo, 303);
  } catch (thrown) {
    return unreachable(capabilities, c, thrown);
  }
}

/** A form gets a redirect; a script that accepts JSON gets `{"redirectTo": …}`. */
async function signOut(capabilities: SignInCapabilities, c: PlainContext) {
  const { log, pool, provider, publicUrl } = capabilities;
  if (!isFromOwnSite({ header: c.req.raw.headers, requestMethod: 'POST', url: c.req.url }))
    return c.body(null, 403);
  const id = readCookie('session', publicUrl, c.req.header('cookie') ?? '');
  const session = id === null ? null : await findSession(pool, id);
  const refreshToken = id === null || session === null ? null : await endSession(pool, session, id);
  for (const secure of [true, false])
    c.header('set-cookie', setCookie('session', secure, '', 0), { append: true });
  c.header('cache-control', 'no-store');
  let target: URL | null = null;
  try {
    target = session === null ? null : await provider.signOutUrl(session.idToken, new URL('/', publicUrl));
    if (refreshToken !== null) await provider.revoke(refreshToken);
  } catch (thrown) {
    // Our own session is over in any case; the provider's ends by itself.
    log.warn(
      { requestId: requestIdIn(c), err: thrown },
      'the identity provider could not be reached for sign-out',
    );
  }
  const redirectTo = target?.href ?? '/';
  return c.req.header('accept')?.includes('application/json')
    ? c.json({ redirectTo })
    : c.redirect(redirectTo, 303);
}

function unreachable({ log }: SignInCapabilities, c: PlainContext, thrown: unknown) {
  log.error({ requestId: requestIdIn(c), err: thrown }, 'sign-in broke off');
  return problem(c, 'provider_unreachable');
}

function tooMany(c: PlainContext, retryAfterMs: number) {
  c.header('retry-after', retryAfterHeader(retryAfterMs));
  return problem(c, 'too_many');
}

function problem(c: PlainContext, what: SignInProblem) {
  return c.html(
    renderProblemPage(pageLanguageOf(c.req.header('accept-language')), what, requestIdIn(c)),
    STATUS_BY_PROBLEM[what],
  );
}

function isSecure({ publicUrl }: SignInCapabilities, c: PlainContext): boolean {
  return takesSecureCookies(publicUrl, c.req.header('user-agent') ?? '');
}

function callbackUrl(publicUrl: URL): URL {
  return new URL('/auth/callback', publicUrl);
}

function randomText(): string {
  return randomBytes(32).toString('base64url');
}

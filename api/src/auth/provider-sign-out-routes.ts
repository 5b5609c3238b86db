import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { RateLimiter } from '#http/limits/rate-limiter.ts';
import { retryAfterHeader } from '#http/limits/retry-after-header.ts';
import { clientAddressIn, type PlainBindings, type PlainContext, requestIdIn } from '#http/plain-request.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { createSeenIds, type SeenIds } from './seen-ids.ts';
import { type EndedAtProvider, endSessionsOfProvider } from './session-store.ts';
import type { TokenRevocation } from './token-revocation.ts';
import { LOGOUT_TOKEN_LIFETIME_S, verifyLogoutToken } from './verify-logout-token.ts';

export type ProviderSignOutCapabilities = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly provider: IdentityProvider;
  readonly tokenRevocation: TokenRevocation;
  readonly limiter: RateLimiter;
};

/** Where the provider tells us, from server to server, that somebody's session is over there. */
export const BACK_CHANNEL_PATH = '/auth/backchannel-logout';
/** What the provider's own page shows in a frame to sign a browser out everywhere. */
export const FRONT_CHANNEL_PATH = '/auth/frontchannel-logout';

const LARGEST_BODY_BYTES = 65_536;
const LONGEST_SID = 255;

/** Sessions that end because the provider says so: OpenID Connect Back-Channel and Front-Channel Logout 1.0. */
export function providerSignOutRoutes(capabilities: ProviderSignOutCapabilities): Hono<PlainBindings> {
  const seen = createSeenIds(capabilities.clock);
  const isSmall = bodyLimit({ maxSize: LARGEST_BODY_BYTES, onError: (c) => c.body(null, 413) });
  return new Hono<PlainBindings>()
    .post(BACK_CHANNEL_PATH, isSmall, (c) => backChannel(capabilities, seen, c))
    .get(FRONT_CHANNEL_PATH, (c) => frontChannel(capabilities, c));
}

/**
 * What is true is never refused for being too much: a provider may end a whole company at once. Only what is not counts
 * for the address it came from.
 */
async function backChannel(capabilities: ProviderSignOutCapabilities, seen: SeenIds, c: PlainContext) {
  const { clock, limiter, log, provider } = capabilities;
  const { keys, issuer, clientId } = provider;
  const token = await tokenIn(c);
  const claims = token === null ? null : await verifyLogoutToken({ keys, issuer, clientId, clock }, token);
  const fault = claims === null ? 'logout_token' : claims.ok ? null : claims.error.reason;
  if (claims?.ok && seen.isNew(claims.value.id, 2 * LOGOUT_TOKEN_LIFETIME_S)) {
    await endSessions(capabilities, c, claims.value);
    return c.body(null, 200);
  }
  const admission = limiter.admitStranger(clientAddressIn(c));
  if (!admission.isAdmitted) return tooMany(c, admission.retryAfterMs);
  const reason = fault ?? 'jti';
  log.warn({ requestId: requestIdIn(c), reason }, 'logout token refused');
  return c.json({ error: 'invalid_request', error_description: `logout token refused: ${reason}` }, 400);
}

/**
 * The session cookie never travels into a frame of another site, so the session is found by what the provider calls it:
 * a name that only the provider, this server and that browser know.
 */
async function frontChannel(capabilities: ProviderSignOutCapabilities, c: PlainContext) {
  const { limiter, provider } = capabilities;
  const admission = limiter.admitStranger(clientAddressIn(c));
  if (!admission.isAdmitted) return tooMany(c, admission.retryAfterMs);
  c.header('content-security-policy', frontChannelPolicy(provider.issuer));
  const { iss, sid = '' } = c.req.query();
  if (iss !== provider.issuer || sid === '' || sid.length > LONGEST_SID) return c.body(null, 400);
  await endSessions(capabilities, c, { issuer: iss, subject: null, sid, beganBy: null });
  return c.html('<!doctype html><title>EventKit</title>');
}

/** Shown by the provider's page and by no other; there is nothing in it. */
function frontChannelPolicy(issuer: string): string {
  return `default-src 'none'; frame-ancestors ${new URL(issuer).origin}`;
}

async function endSessions(
  { pool, log, tokenRevocation }: ProviderSignOutCapabilities,
  c: PlainContext,
  ended: EndedAtProvider,
): Promise<void> {
  const requestId = requestIdIn(c);
  const { endedCount, refreshTokens } = await endSessionsOfProvider(pool, ended, requestId);
  log.info({ requestId, subject: ended.subject, endedCount }, 'sessions ended by the identity provider');
  // A refresh token that was given for offline use outlives the provider's session; ours lives by it alone.
  tokenRevocation.begin(refreshTokens);
}

/** The one logout token of a form; null where the body is none, or holds another number of them. */
async function tokenIn(c: PlainContext): Promise<string | null> {
  if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) return null;
  const [token, ...others] = new URLSearchParams(await c.req.text()).getAll('logout_token');
  return token === undefined || others.length > 0 ? null : token;
}

function tooMany(c: PlainContext, retryAfterMs: number) {
  c.header('retry-after', retryAfterHeader(retryAfterMs));
  return c.body(null, 429);
}

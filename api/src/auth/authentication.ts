import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type pg from 'pg';
import { isApiKeySecret } from '#api-keys/api-key-secret.ts';
import { findKeyHolder } from '#api-keys/api-key-store.ts';
import type { Authentication } from '#http/authenticate.ts';
import { findUserOf } from './find-user-of.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { LeaseSigner } from './offline-lease.ts';
import type { SessionCheck } from './session-check.ts';
import { readCookie } from './session-cookie.ts';
import { findSession } from './session-store.ts';
import { verifyAccessToken } from './verify-access-token.ts';

/** What an access token for this API must name as its audience. */
export const API_AUDIENCE = 'eventkit-api';

/** Sessions of browsers, access tokens and keys of programs, all led back to a user of ours as of now. */
export function createAuthentication(capabilities: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly publicUrl: URL;
  readonly provider: IdentityProvider;
  readonly sessionCheck: SessionCheck;
  readonly leases: Pick<LeaseSigner, 'read'>;
}): Authentication {
  const { pool, clock, publicUrl, provider, sessionCheck, leases } = capabilities;
  return {
    async bySession(cookieHeader) {
      const id = readCookie('session', publicUrl, cookieHeader);
      if (id === null) return null;
      const session = await findSession(pool, id);
      if (session !== null) sessionCheck.begin(session, id);
      return session;
    },
    async byBearerToken(token) {
      if (isApiKeySecret(token)) return findKeyHolder(pool, token);
      const { keys, issuer } = provider;
      const claims = await verifyAccessToken({ keys, issuer, audience: API_AUDIENCE, clock }, token);
      if (!claims.ok) return null;
      const { all, ...identity } = claims.value;
      const user = await findUserOf(pool, { ...identity, ...provider.wordOf(all) });
      return user.ok ? user.value : null;
    },
    byLease: leases.read,
  };
}

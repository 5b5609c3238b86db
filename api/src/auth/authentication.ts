import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type pg from 'pg';
import { isApiKeySecret } from '#api-keys/api-key-secret.ts';
import { findKeyHolder } from '#api-keys/api-key-store.ts';
import type { Authentication } from '#http/authenticate.ts';
import { rememberTokens } from './access-token-memory.ts';
import { findUserOf } from './find-user-of.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { LeaseSigner } from './offline-lease.ts';
import type { SessionCheck } from './session-check.ts';
import { readCookie } from './session-cookie.ts';
import { createSessionsById } from './sessions-by-id.ts';
import { createUsersBySubject } from './users-by-subject.ts';
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
  const { keys, issuer } = provider;
  const usersBySubject = createUsersBySubject(pool);
  const sessionsById = createSessionsById(pool);
  const verify = rememberTokens(clock, (token) =>
    verifyAccessToken({ keys, issuer, audience: API_AUDIENCE, clock }, token),
  );
  return {
    async bySession(cookieHeader) {
      const id = readCookie('session', publicUrl, cookieHeader);
      if (id === null) return null;
      const session = await sessionsById(id);
      if (session !== null) sessionCheck.begin(session, id);
      return session;
    },
    async byBearerToken(token) {
      if (isApiKeySecret(token)) return findKeyHolder(pool, token);
      const claims = await verify(token);
      if (!claims.ok) return null;
      const { all, ...identity } = claims.value;
      const user = await findUserOf({ pool, usersBySubject }, { ...identity, ...provider.wordOf(all) });
      return user.ok ? user.value : null;
    },
    byLease: leases.read,
  };
}

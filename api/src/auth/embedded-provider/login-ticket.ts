import { randomBytes } from 'node:crypto';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { errors, jwtVerify, SignJWT } from 'jose';
import { createSeenIds } from '#auth/seen-ids.ts';

const AUDIENCE = 'eventkit-login-ticket';
const LIFETIME_S = 60;

/**
 * A ticket that signs in one user once, within a minute. Whoever can read the key (a file of the data folder, mode
 * 0600) could read the database as well, so it opens nothing that was closed; the network cannot make one.
 */
export function makeLoginTicket(
  key: Uint8Array,
  email: string,
  clock: Pick<Clock, 'wallMs'>,
): Promise<string> {
  const nowS = Math.floor(clock.wallMs() / 1000);
  return new SignJWT({ email })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setJti(randomBytes(16).toString('hex'))
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + LIFETIME_S)
    .sign(key);
}

/** Answers the e-mail address of a ticket; null for one that is forged, late, or was used before. */
export function createTicketReader(
  key: Uint8Array,
  clock: Pick<Clock, 'wallMs'>,
): (ticket: string) => Promise<string | null> {
  const seen = createSeenIds(clock);
  return async (ticket) => {
    const claims = await claimsOf(key, ticket, clock.wallMs());
    return claims !== null && seen.isNew(claims.id, LIFETIME_S) ? claims.email : null;
  };
}

async function claimsOf(key: Uint8Array, ticket: string, nowMs: number) {
  try {
    const { payload } = await jwtVerify(ticket, key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['exp', 'jti', 'iat'],
      maxTokenAge: LIFETIME_S,
      currentDate: new Date(nowMs),
    });
    return { id: String(payload.jti), email: String(payload['email']) };
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return null;
    throw thrown;
  }
}

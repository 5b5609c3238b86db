import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { isTokensFault, SIGNATURE_ALGORITHMS, TOLERANCE_S } from './provider-tokens.ts';
import type { EndedAtProvider } from './session-store.ts';

/** What the provider says that it ended. */
export type LogoutClaims = EndedAtProvider & {
  /** Of the token: it counts once. */
  readonly id: string;
};

/** Why a token ends nothing; `reason` is for the log and for who set the provider up. */
export type LogoutRefused = { readonly tag: 'logout_refused'; readonly reason: string };

/** For how long a logout token is taken after it was made. Those who wrote the standard think of two minutes. */
export const LOGOUT_TOKEN_LIFETIME_S = 300;

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Older providers do not name the type; the types of other tokens are refused. */
const TYPES: readonly unknown[] = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'];

/**
 * Accepts a logout token as OpenID Connect Back-Channel Logout 1.0 (2.4, 2.6) asks for: our issuer and audience, an
 * asymmetric signature, made just now and not expired, the logout event, a person or a session, an id, no nonce. An ID
 * token is none, nor is a logout token any other. Keys that cannot be fetched throw.
 */
export async function verifyLogoutToken(
  profile: {
    readonly keys: JWTVerifyGetKey;
    readonly issuer: string;
    readonly clientId: string;
    readonly clock: Pick<Clock, 'wallMs'>;
  },
  token: string,
): Promise<Result<LogoutClaims, LogoutRefused>> {
  const { keys, issuer, clientId, clock } = profile;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: SIGNATURE_ALGORITHMS,
      issuer,
      audience: clientId,
      requiredClaims: ['exp', 'iat', 'jti'],
      maxTokenAge: LOGOUT_TOKEN_LIFETIME_S,
      clockTolerance: TOLERANCE_S,
      currentDate: new Date(clock.wallMs()),
    });
    if (!TYPES.includes(protectedHeader.typ?.toLowerCase())) return refused('typ');
    if ('nonce' in payload) return refused('nonce');
    if (!isLogoutEvent(payload['events'])) return refused('events');
    const whose = whoseOf(payload);
    if (whose === null) return refused('sub and sid');
    const { jti: id, iat } = payload;
    if (typeof id !== 'string' || id === '' || iat === undefined) return refused('jti');
    return ok({ id, issuer, ...whose, beganBy: new Date((iat + TOLERANCE_S) * 1000) });
  } catch (thrown) {
    if (isTokensFault(thrown)) return refused(thrown.code);
    throw thrown;
  }
}

function whoseOf({ sub, sid }: JWTPayload) {
  if (!isNameOrAbsent(sub) || !isNameOrAbsent(sid)) return null;
  if (sub !== undefined) return { subject: sub, sid: sid ?? null };
  return sid === undefined ? null : { subject: null, sid };
}

function isNameOrAbsent(claim: unknown): claim is string | undefined {
  return claim === undefined || (typeof claim === 'string' && claim !== '');
}

function isLogoutEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT)) return false;
  const event = (events as Readonly<Record<string, unknown>>)[EVENT];
  return typeof event === 'object' && event !== null && !Array.isArray(event);
}

function refused(reason: string) {
  return err({ tag: 'logout_refused', reason } as const);
}

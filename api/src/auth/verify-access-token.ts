import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Claims } from './provider-claims.ts';
import { isTokensFault, SIGNATURE_ALGORITHMS, TOLERANCE_S } from './provider-tokens.ts';

export type AccessTokenProfile = {
  /** The provider's keys by the token's header. */
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  readonly clock: Pick<Clock, 'wallMs'>;
};

export type AccessTokenClaims = {
  readonly issuer: string;
  readonly subject: string;
  /** Null where the provider put none in, or does not vouch for it. */
  readonly verifiedEmail: string | null;
  readonly all: Claims;
};

/** Why a token is not one of ours; `reason` is jose's code, for the log only. */
export type TokenRefused = { readonly tag: 'token_refused'; readonly reason: string };

const OLDEST_S = 3600;

/**
 * Accepts an access token by the profile of RFC 9068: its type, our audience, our issuer, an asymmetric signature,
 * and a life of at most an hour. Everything else is refused, ID tokens too. Keys that cannot be fetched throw.
 */
export async function verifyAccessToken(
  { keys, issuer, audience, clock }: AccessTokenProfile,
  token: string,
): Promise<Result<AccessTokenClaims, TokenRefused>> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: SIGNATURE_ALGORITHMS,
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat'],
      maxTokenAge: OLDEST_S,
      clockTolerance: TOLERANCE_S,
      currentDate: new Date(clock.wallMs()),
    });
    if (typeof payload.sub !== 'string' || payload.sub === '') return refused('sub');
    return ok({ issuer, subject: payload.sub, verifiedEmail: verifiedEmailOf(payload), all: payload });
  } catch (thrown) {
    if (isTokensFault(thrown)) return refused(thrown.code);
    throw thrown;
  }
}

/** The e-mail address of ID or access token claims, where the provider says that it checked it. */
export function verifiedEmailOf(claims: Claims): string | null {
  return typeof claims['email'] === 'string' && claims['email_verified'] === true ? claims['email'] : null;
}

function refused(reason: string) {
  return err({ tag: 'token_refused', reason } as const);
}

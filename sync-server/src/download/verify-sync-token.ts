import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** The claims of a token that may sync. `exp` is in seconds since 1970. */
export type SyncClaims = Readonly<Record<string, unknown>> & { readonly sub: string; readonly exp: number };

export type TokenOutcome =
  | { readonly ok: true; readonly claims: SyncClaims }
  | { readonly ok: false; readonly problem: string };

export type VerifySyncToken = (token: string) => Promise<TokenOutcome>;

export type SyncTokenProfile = {
  /** Keys by id, e.g. createLocalJWKSet or createRemoteJWKSet. */
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience?: string;
  readonly algorithms?: readonly string[];
  readonly type?: string;
  /** Seconds between `iat` and `exp` at most. */
  readonly longestLifeSeconds?: number;
  readonly nowMs: () => number;
};

/** Takes tokens of exactly this profile; a key set alone would also take tokens that were made for something else. */
export function createSyncTokenVerifier(profile: SyncTokenProfile): VerifySyncToken {
  const longest = profile.longestLifeSeconds ?? 600;
  const tolerance = 30;
  return async (token) => {
    let payload: JWTPayload;
    try {
      const verified = await jwtVerify(token, profile.keys, {
        issuer: profile.issuer,
        audience: profile.audience ?? 'eventkit-sync',
        algorithms: [...(profile.algorithms ?? ['ES256'])],
        typ: profile.type ?? 'at+jwt',
        requiredClaims: ['sub', 'iat', 'exp', 'tenant_id', 'device_id', 'permissions'],
        maxTokenAge: longest + tolerance,
        clockTolerance: tolerance,
        currentDate: new Date(profile.nowMs()),
      });
      payload = verified.payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return { ok: false, problem: error.message };
      throw error;
    }
    const { sub, exp, iat } = payload;
    if (sub === undefined || exp === undefined || iat === undefined)
      return { ok: false, problem: 'sub, iat and exp are required' };
    if (exp - iat > longest) return { ok: false, problem: `the token lives longer than ${longest} s` };
    return { ok: true, claims: { ...payload, sub, exp } };
  };
}

import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { syncClaimsOf } from '@eventkit/shared/permissions/sync-claims.ts';
import { importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { Principal } from '#http/caller.ts';

export const SYNC_AUDIENCE = 'eventkit-sync';
const LIFETIME_S = 300;

/** Our own signature: what the sync stream trusts. */
export type SyncTokenSigner = {
  /** The public half, for /.well-known/jwks.json. */
  readonly jwks: JSONWebKeySet;
  sign(
    principal: Principal,
    deviceId: DeviceId,
  ): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
};

/** Signs with a private ES256 key; the issuer is our public address. */
export async function createSyncTokenSigner(capabilities: {
  readonly key: JWK & { readonly kid: string };
  readonly issuer: string;
  readonly clock: Pick<Clock, 'wallMs'>;
}): Promise<SyncTokenSigner> {
  const { key, issuer, clock } = capabilities;
  const privateKey = await importJWK(key, 'ES256');
  const { d: _private, ...publicKey } = key;
  return {
    jwks: { keys: [publicKey as JWK & { kty: string }] },
    async sign({ tenantId, userId, role, permissions }, deviceId) {
      const issuedAtS = Math.floor(clock.wallMs() / 1000);
      const token = await new SignJWT({ ...syncClaimsOf({ tenantId, deviceId, role, permissions }) })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(SYNC_AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(issuedAtS)
        .setExpirationTime(issuedAtS + LIFETIME_S)
        .sign(privateKey);
      return { token, expiresAtMs: (issuedAtS + LIFETIME_S) * 1000 };
    },
  };
}

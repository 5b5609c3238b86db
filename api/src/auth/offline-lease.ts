import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { compactVerify, importJWK, type JWK, SignJWT } from 'jose';
import type { LeaseHolder } from '#http/lease-holder.ts';

const AUDIENCE = 'eventkit-lease';
const TYPE = 'eventkit-lease+jwt';

/** A lease and what a device needs to check it by itself. */
export type GrantedLease = {
  readonly lease: string;
  /** The public key as JWK in JSON. */
  readonly leaseKey: string;
};

/** The right to work on a device without the server, by our own signature. It opens nothing of the server. */
export type LeaseSigner = {
  /** `hours`: how long the device may show its data without having reached the server; the company's own. */
  grant(holder: LeaseHolder, hours: number): Promise<GrantedLease>;
  /** Whom this lease of ours was given to, whether it has ended or not; null where it is none of ours. */
  read(lease: string): Promise<LeaseHolder | null>;
};

/** Signs with a private ES256 key that is used for nothing else. */
export async function createLeaseSigner(capabilities: {
  readonly key: JWK & { readonly kid: string };
  readonly clock: Pick<Clock, 'wallMs'>;
}): Promise<LeaseSigner> {
  const { key, clock } = capabilities;
  const privateKey = await importJWK(key, 'ES256');
  const { kty, crv, x, y } = key as Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'y'>>;
  const publicJwk = { kty, crv, x, y };
  const publicKey = await importJWK(publicJwk, 'ES256');
  const leaseKey = JSON.stringify(publicJwk);
  return {
    async grant({ tenantId, userId, deviceId }, hours) {
      const issuedAtS = Math.floor(clock.wallMs() / 1000);
      const lease = await new SignJWT({ tenant_id: tenantId, device_id: deviceId })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: TYPE })
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(issuedAtS)
        .setExpirationTime(issuedAtS + hours * 3600)
        .sign(privateKey);
      return { lease, leaseKey };
    },
    async read(lease) {
      try {
        const { payload, protectedHeader } = await compactVerify(lease, publicKey, { algorithms: ['ES256'] });
        return protectedHeader.typ === TYPE ? holderOf(JSON.parse(new TextDecoder().decode(payload))) : null;
      } catch {
        // Damaged, or signed by somebody else: nobody's.
        return null;
      }
    },
  };
}

function holderOf(claims: Readonly<Record<string, unknown>>): LeaseHolder | null {
  const { aud, sub, tenant_id: tenantId, device_id: deviceId } = claims;
  if (aud !== AUDIENCE || ![sub, tenantId, deviceId].every((id) => typeof id === 'string' && isUuid(id)))
    return null;
  return { tenantId: tenantId as TenantId, userId: sub as UserId, deviceId: deviceId as DeviceId };
}

import type { GrantedLease, LeaseHolder } from '#platform/device/lease/lease.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Signs leases as the server does; each has a key of its own. */
export async function createTestLeases() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const leaseKey = JSON.stringify(await crypto.subtle.exportKey('jwk', publicKey));
  return {
    leaseKey,
    /** `claims` stand beside or instead of those that a lease has. */
    async grant(
      { tenantId, userId, deviceId }: LeaseHolder,
      issuedAtMs: number,
      { header = {}, claims = {} }: { header?: object; claims?: object } = {},
    ): Promise<GrantedLease> {
      const issuedAtS = issuedAtMs / 1000;
      const head = encode({ alg: 'ES256', typ: 'eventkit-lease+jwt', ...header });
      const body = encode({
        aud: 'eventkit-lease',
        sub: userId,
        tenant_id: tenantId,
        device_id: deviceId,
        iat: issuedAtS,
        exp: issuedAtS + 72 * 3600,
        ...claims,
      });
      const signed = new TextEncoder().encode(`${head}.${body}`);
      const signature = await crypto.subtle.sign(ALGORITHM, privateKey, signed);
      return { lease: `${head}.${body}.${Buffer.from(signature).toString('base64url')}`, leaseKey };
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

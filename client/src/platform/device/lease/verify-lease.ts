import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { GrantedLease, Lease } from './lease.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** What the lease says; null where the signature is not that of the key, or it says something else than a lease. */
export async function verifyLease({ lease, leaseKey }: GrantedLease): Promise<Lease | null> {
  try {
    const [head = '', body = '', signature = ''] = lease.split('.');
    const header = parse(head);
    if (header['alg'] !== 'ES256' || header['typ'] !== 'eventkit-lease+jwt') return null;
    const jwk = JSON.parse(leaseKey) as JsonWebKey;
    const key = await crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['verify']);
    const signed = new TextEncoder().encode(`${head}.${body}`);
    const isOurs = await crypto.subtle.verify(ALGORITHM, key, bytesOf(signature), signed);
    return isOurs ? leaseOf(parse(body)) : null;
  } catch {
    // Damaged: it gives no right.
    return null;
  }
}

function leaseOf(claims: Readonly<Record<string, unknown>>): Lease | null {
  const { aud, sub, tenant_id: tenantId, device_id: deviceId, iat, exp } = claims;
  if (aud !== 'eventkit-lease' || typeof iat !== 'number' || typeof exp !== 'number') return null;
  return {
    tenantId: tenantId as TenantId,
    userId: sub as UserId,
    deviceId: deviceId as DeviceId,
    issuedAtMs: iat * 1000,
    endsAtMs: exp * 1000,
  };
}

function parse(part: string): Readonly<Record<string, unknown>> {
  return Object(JSON.parse(new TextDecoder().decode(bytesOf(part))));
}

/** Of base64 for addresses, without its padding. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

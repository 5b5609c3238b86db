import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createLeaseSigner } from './offline-lease.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const holder = {
  tenantId: '01a00000-0000-7000-8000-000000000001' as TenantId,
  userId: '01a00000-0000-7000-8000-000000000002' as UserId,
  deviceId: '01a00000-0000-7000-8000-000000000003' as DeviceId,
};

async function createLeases() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'lease' };
  return { privateKey, leases: await createLeaseSigner({ key, clock: { wallMs: () => nowMs } }) };
}

test('a lease says who, where and for how long; its key is public and checks it', async () => {
  const { leases } = await createLeases();
  const { lease, leaseKey } = await leases.grant(holder, 72);
  const jwk = JSON.parse(leaseKey);
  expect(Object.keys(jwk).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
  const { payload } = await jwtVerify(lease, await importJWK(jwk, 'ES256'), {
    audience: 'eventkit-lease',
    typ: 'eventkit-lease+jwt',
    currentDate: new Date(nowMs),
  });
  expect(payload).toMatchObject({
    sub: holder.userId,
    tenant_id: holder.tenantId,
    device_id: holder.deviceId,
    iat: nowMs / 1000,
    exp: nowMs / 1000 + 72 * 3600,
  });
});

test('the server knows its own leases, ended ones too, and nobody else makes one', async () => {
  const { leases, privateKey } = await createLeases();
  const { lease } = await leases.grant(holder, 72);
  expect(await leases.read(lease)).toEqual(holder);
  const { leases: others } = await createLeases();
  expect(await others.read(lease)).toBeNull();
  expect(await leases.read('')).toBeNull();
  const sign = (typ: string, aud: string, tenantId: string) =>
    new SignJWT({ tenant_id: tenantId, device_id: holder.deviceId })
      .setProtectedHeader({ alg: 'ES256', typ })
      .setAudience(aud)
      .setSubject(holder.userId)
      .sign(privateKey);
  const { tenantId } = holder;
  expect(await leases.read(await sign('eventkit-lease+jwt', 'eventkit-lease', tenantId))).toEqual(holder);
  expect(await leases.read(await sign('at+jwt', 'eventkit-lease', tenantId))).toBeNull();
  expect(await leases.read(await sign('eventkit-lease+jwt', 'eventkit-sync', tenantId))).toBeNull();
  expect(await leases.read(await sign('eventkit-lease+jwt', 'eventkit-lease', "'; --"))).toBeNull();
});

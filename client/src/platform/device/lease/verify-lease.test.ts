import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { expect, it } from 'vitest';
import { createTestLeases } from '#platform/testing/test-lease.ts';
import { verifyLease } from './verify-lease.ts';

const holder = {
  tenantId: 'nordlicht' as TenantId,
  userId: 'jana' as UserId,
  deviceId: 'dock-2' as DeviceId,
};
const issuedAtMs = Date.UTC(2026, 10, 22, 12);

it('reads what the server signed', async () => {
  const leases = await createTestLeases();
  expect(await verifyLease(await leases.grant(holder, issuedAtMs))).toEqual({
    ...holder,
    issuedAtMs,
    endsAtMs: issuedAtMs + 72 * 3_600_000,
  });
});

it('takes nothing that another key signed, that was changed, or that is no lease', async () => {
  const leases = await createTestLeases();
  const others = await createTestLeases();
  const granted = await leases.grant(holder, issuedAtMs);
  const [head, , signature] = granted.lease.split('.');
  const longer = (await leases.grant(holder, issuedAtMs + 1000)).lease.split('.')[1];
  const forged = [
    { ...granted, leaseKey: others.leaseKey },
    { ...granted, lease: `${head}.${longer}.${signature}` },
    { ...granted, lease: `${head}.${longer}.` },
    { ...granted, leaseKey: '{}' },
    { lease: '', leaseKey: '' },
    { lease: 'a.b', leaseKey: 'c' },
    await leases.grant(holder, issuedAtMs, { header: { alg: 'none' } }),
    await leases.grant(holder, issuedAtMs, { header: { typ: 'at+jwt' } }),
    await leases.grant(holder, issuedAtMs, { claims: { aud: 'eventkit-sync' } }),
    await leases.grant(holder, issuedAtMs, { claims: { exp: 'never' } }),
  ];
  for (const one of forged) expect(await verifyLease(one)).toBeNull();
});

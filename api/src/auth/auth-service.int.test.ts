import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { TenantService } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { createRemoteJWKSet, importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from '#testing/answer-of.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

const NEW_DEVICE = '01a00000-0000-7000-8000-00000000abcd';
let api: TestApi;
let north: { headers: Record<string, string> };

beforeAll(async () => {
  api = await startTestApi();
  north = {
    headers: { authorization: `Bearer ${await api.provider.accessToken(api.companies[0].users.planner)}` },
  };
});
afterAll(() => api.stop());

function client() {
  return createClient(AuthService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
}

async function refusalOf(call: Promise<unknown>) {
  const { code, message, detail } = await answerOf(call);
  return { code, message, reason: detail?.reason, field: detail?.field };
}

test('a device that registers twice is one device, under the name it had first', async () => {
  const first = await client().registerDevice({ deviceId: NEW_DEVICE, name: 'Dock 1' }, north);
  const again = await client().registerDevice({ deviceId: NEW_DEVICE.toUpperCase(), name: 'Other' }, north);
  expect(first).toMatchObject({ deviceId: NEW_DEVICE, name: 'Dock 1' });
  expect(again).toMatchObject({ deviceId: NEW_DEVICE, name: 'Dock 1' });
});

test('a sync token names the person, the company, the device and the rights, for five minutes', async () => {
  const { token, expiresAtMicros } = await client().createSyncToken(
    { deviceId: api.companies[0].deviceId },
    north,
  );
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', api.url));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    audience: 'eventkit-sync',
    issuer: 'http://localhost',
    typ: 'at+jwt',
  });
  expect(protectedHeader.alg).toBe('ES256');
  expect(payload).toMatchObject({
    sub: api.companies[0].users.planner.id,
    tenant_id: api.companies[0].tenantId,
    device_id: api.companies[0].deviceId,
    role: 'planner',
    permissions: [...permissionsByRole.planner],
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  expect(expiresAtMicros).toBe(BigInt(payload.exp ?? 0) * 1_000_000n);
});

test("another company's device answers exactly what an absent one does", async () => {
  const foreign = await refusalOf(client().createSyncToken({ deviceId: api.companies[1].deviceId }, north));
  const absent = await refusalOf(
    client().createSyncToken({ deviceId: '01a00000-0000-7000-8000-000000000000' }, north),
  );
  expect(foreign).toEqual(absent);
  expect(foreign).toMatchObject({ code: 'NotFound', reason: 'not_found', field: 'device_id' });
});

test("registering another company's device id makes a device of one's own and leaves theirs alone", async () => {
  const deviceId = api.companies[1].revokedDeviceId;
  const mine = await client().registerDevice({ deviceId, name: 'Mine' }, north);
  expect(mine.name).toBe('Mine');
  const southToken = await api.provider.accessToken(api.companies[1].users.admin);
  const south = { headers: { authorization: `Bearer ${southToken}` } };
  expect(await refusalOf(client().registerDevice({ deviceId, name: 'Ours' }, south))).toMatchObject({
    reason: 'device_revoked',
  });
});

test('a revoked device gets neither a token nor a new start', async () => {
  const deviceId = api.companies[0].revokedDeviceId;
  const wanted = { code: 'PermissionDenied', reason: 'device_revoked', field: 'device_id' };
  expect(await refusalOf(client().createSyncToken({ deviceId }, north))).toMatchObject(wanted);
  expect(await refusalOf(client().registerDevice({ deviceId, name: 'Back' }, north))).toMatchObject(wanted);
});

test('a token comes with the lease of the device, for the hours that the company gives', async () => {
  const { deviceId, users, tenantId } = api.companies[0];
  const given = async () => {
    const { lease, leaseKey } = await client().createSyncToken({ deviceId }, north);
    const key = await importJWK(JSON.parse(leaseKey), 'ES256');
    return (await jwtVerify(lease, key, { audience: 'eventkit-lease', typ: 'eventkit-lease+jwt' })).payload;
  };
  const { iat = 0, exp, ...named } = await given();
  expect(named).toMatchObject({ sub: users.planner.id, tenant_id: tenantId, device_id: deviceId });
  expect(exp).toBe(iat + 72 * 3600);
  const admin = { authorization: `Bearer ${await api.provider.accessToken(users.admin)}` };
  const tenants = createClient(
    TenantService,
    createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }),
  );
  const { stored } = await tenants.getSettings({}, { headers: admin });
  const { settings, version } = stored ?? { settings: undefined, version: 0 };
  if (settings === undefined) throw new Error('the company has no settings');
  await tenants.updateSettings(
    { settings: { ...settings, offlineLeaseHours: 24 }, version },
    { headers: admin },
  );
  const shorter = await given();
  expect(shorter.exp).toBe((shorter.iat ?? 0) + 24 * 3600);
});

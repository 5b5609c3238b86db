import { createPool } from '@eventkit/database/pool.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { callRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let owner: pg.Pool;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'devices test' });
});
beforeEach(async () => {
  admin = await api.provider.accessToken(api.companies[0].users.admin);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const call = (rpc: string, body: unknown, bearer = admin) => callRpc(api.url, rpc, { body, bearer });

const rowOf = async (deviceId: string) =>
  (
    await owner.query<{ name: string; revoked_at: string | null }>(
      'SELECT name, revoked_at FROM devices WHERE id = $1',
      [deviceId],
    )
  ).rows[0];

test('a device that is shut out gets no token, until it is let in again', async () => {
  const { deviceId } = api.companies[0];
  const token = () => call('AuthService/CreateSyncToken', { deviceId });
  expect((await token()).status).toBe(200);
  expect((await call('DeviceService/RevokeDevice', { deviceId })).status).toBe(200);
  const revokedAt = (await rowOf(deviceId))?.revoked_at;
  expect(revokedAt).not.toBeNull();
  expect((await token()).body['code']).toBe('permission_denied');
  expect((await call('DeviceService/RevokeDevice', { deviceId })).status).toBe(200);
  expect((await rowOf(deviceId))?.revoked_at).toEqual(revokedAt);
  for (let time = 0; time < 2; time += 1)
    expect((await call('DeviceService/ReadmitDevice', { deviceId })).status).toBe(200);
  expect((await token()).status).toBe(200);
});

test('a device has another name, and the trail knows who gave it', async () => {
  const { deviceId, users } = api.companies[0];
  expect((await call('DeviceService/RenameDevice', { deviceId, name: 'Dock 7' })).status).toBe(200);
  expect((await rowOf(deviceId))?.name).toBe('Dock 7');
  const trail = await owner.query(
    `SELECT user_id FROM audit_log WHERE table_name = 'devices' AND row_id = $1 ORDER BY id DESC LIMIT 1`,
    [deviceId],
  );
  expect(trail.rows).toEqual([{ user_id: users.admin.id }]);
  expect((await call('DeviceService/RenameDevice', { deviceId, name: '' })).status).toBe(400);
});

test.each(['RenameDevice', 'RevokeDevice', 'ReadmitDevice', 'OrderWipe', 'WithdrawWipe'])(
  "%s answers another company's device as one that nobody has, and leaves it alone",
  async (rpc) => {
    const { deviceId } = api.companies[1];
    const before = await rowOf(deviceId);
    const absent = await call(`DeviceService/${rpc}`, {
      deviceId: '01a00000-0000-7000-8000-000000000000',
      name: 'x',
      kind: 'WIPE_KIND_NOW',
    });
    expect(absent.status).toBe(404);
    expect(await call(`DeviceService/${rpc}`, { deviceId, name: 'x', kind: 'WIPE_KIND_NOW' })).toEqual(
      absent,
    );
    expect(await rowOf(deviceId)).toEqual(before);
  },
);

import { createPool } from '@eventkit/database/pool.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let owner: pg.Pool;
let admin: string;
let lease: string;
beforeAll(async () => {
  api = await startTestApi();
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'wipe test' });
});
beforeEach(async () => {
  const [{ users, deviceId }] = api.companies;
  admin = await api.provider.accessToken(users.admin);
  await owner.query(
    'UPDATE devices SET revoked_at = NULL, wipe_kind = NULL, wipe_ordered_at = NULL, wipe_begun_at = NULL, wiped_at = NULL',
  );
  await owner.query('UPDATE users SET deactivated_at = NULL');
  const warehouse = await api.provider.accessToken(users.warehouse);
  lease = String((await ask('AuthService/CreateSyncToken', { deviceId }, warehouse)).body['lease']);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const ask = (rpc: string, body: unknown, bearer = admin) => callRpc(api.url, rpc, { body, bearer });

/** As the device does it, with nothing but its lease. */
async function askAsDevice(rpc: string, body: unknown, credential = lease) {
  const answer = await fetch(`${api.url}/eventkit.v1.DeviceOrderService/${rpc}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Lease ${credential}` },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  return answer.ok ? (said['kind'] ?? 'ok') : said['code'];
}

const order = (kind: 'COLLECT' | 'NOW') =>
  ask('DeviceService/OrderWipe', { deviceId: api.companies[0].deviceId, kind: `WIPE_KIND_${kind}` });
const withdraw = () => ask('DeviceService/WithdrawWipe', { deviceId: api.companies[0].deviceId });
const stateOf = async () =>
  (
    await owner.query(
      `SELECT wipe_kind AS kind, wipe_begun_at IS NOT NULL AS begun, wiped_at IS NOT NULL AS done,
         revoked_at IS NOT NULL AS revoked, wipe_left_count AS left FROM devices WHERE id = $1`,
      [api.companies[0].deviceId],
    )
  ).rows[0];

describe('the order to wipe a device', () => {
  test('shuts it out, is heard by its lease, and is carried out once nothing is left', async () => {
    expect(await askAsDevice('GetOrder', {})).toBe('ok');
    expect((await order('COLLECT')).status).toBe(200);
    const { deviceId } = api.companies[0];
    expect((await ask('AuthService/CreateSyncToken', { deviceId })).body['code']).toBe('permission_denied');
    expect(await askAsDevice('GetOrder', { leftCount: 3 })).toBe('WIPE_KIND_COLLECT');
    expect(await stateOf()).toMatchObject({ kind: 'collect', begun: false, revoked: true, left: 3 });
    expect(await askAsDevice('BeginWipe', { leftCount: 3 })).toBe('failed_precondition');
    expect(await askAsDevice('FinishWipe', {})).toBe('failed_precondition');
    for (let time = 0; time < 2; time += 1)
      expect(await askAsDevice('BeginWipe', { leftCount: 0 })).toBe('ok');
    expect((await withdraw()).body['code']).toBe('failed_precondition');
    expect((await order('NOW')).body['code']).toBe('failed_precondition');
    for (let time = 0; time < 2; time += 1) expect(await askAsDevice('FinishWipe', {})).toBe('ok');
    expect(await stateOf()).toMatchObject({ begun: true, done: true, left: 0 });
    expect(await askAsDevice('GetOrder', {})).toBe('ok');
    expect(await askAsDevice('BeginWipe', {})).toBe('failed_precondition');
  });

  test('reaches the device of somebody who was shut out, and takes what is lost with it into account', async () => {
    const { users } = api.companies[0];
    await owner.query('UPDATE users SET deactivated_at = now() WHERE id = $1', [users.warehouse.id]);
    await order('COLLECT');
    expect((await order('NOW')).status).toBe(200);
    expect(await askAsDevice('GetOrder', { leftCount: 7 })).toBe('WIPE_KIND_NOW');
    expect(await askAsDevice('BeginWipe', { leftCount: 7 })).toBe('ok');
    expect(await stateOf()).toMatchObject({ kind: 'now', begun: true, left: 7 });
  });

  test('is withdrawn until the device has begun, by letting it in again too', async () => {
    await order('NOW');
    expect((await withdraw()).status).toBe(200);
    expect((await withdraw()).status).toBe(200);
    expect(await stateOf()).toMatchObject({ kind: null, revoked: true });
    expect(await askAsDevice('GetOrder', {})).toBe('ok');
    expect(await askAsDevice('BeginWipe', {})).toBe('failed_precondition');
    await order('COLLECT');
    await ask('DeviceService/ReadmitDevice', { deviceId: api.companies[0].deviceId });
    expect(await stateOf()).toMatchObject({ kind: null, revoked: false });
  });

  test('is on the trail with who gave it', async () => {
    await order('NOW');
    const { deviceId, users } = api.companies[0];
    const trail = await owner.query(
      `SELECT user_id, changes -> 'wipe_kind' AS kind FROM audit_log
       WHERE table_name = 'devices' AND row_id = $1 ORDER BY id DESC LIMIT 1`,
      [deviceId],
    );
    expect(trail.rows).toEqual([{ user_id: users.admin.id, kind: [null, 'now'] }]);
  });

  test("is nobody else's to hear: no lease, one that is forged, one as a bearer token, a lease for another call", async () => {
    await order('NOW');
    const [head, , signature] = lease.split('.');
    const claims = { aud: 'eventkit-lease', sub: api.companies[1].users.admin.id, exp: 9_999_999_999 };
    const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    expect(await askAsDevice('GetOrder', {}, forged)).toBe('unauthenticated');
    expect(await askAsDevice('GetOrder', {}, 'nothing')).toBe('unauthenticated');
    expect((await ask('DeviceOrderService/GetOrder', {}, lease)).body['code']).toBe('unauthenticated');
    expect((await ask('DeviceOrderService/GetOrder', {})).body['code']).toBe('permission_denied');
    const answer = await fetch(`${api.url}/eventkit.v1.AuthService/GetMe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Lease ${lease}` },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });
});

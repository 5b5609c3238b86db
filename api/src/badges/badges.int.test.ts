import { randomUUID } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, callRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let owner: pg.Pool;
let admin: string;
let worker: string;
beforeAll(async () => {
  api = await startTestApi();
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'badges test' });
});
beforeEach(async () => {
  const { users } = api.companies[0];
  admin = await api.provider.accessToken(users.admin);
  worker = await api.provider.accessToken(users.warehouse);
  await owner.query('DELETE FROM pin_tries');
  await owner.query('UPDATE enrolments SET ended_at = now() WHERE ended_at IS NULL');
  await call('SharedDeviceService/SetDeviceShared', admin, { deviceId: deviceId(), isShared: true });
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const call = (rpc: string, bearer: string, body: unknown = {}) => callRpc(api.url, rpc, { body, bearer });

const deviceId = () => api.companies[0].deviceId;
const workerId = () => api.companies[0].users.warehouse.id;
const PIN = '274913';

async function giveBadge(personId = workerId(), by = admin): Promise<string> {
  const { status, body } = await call('BadgeService/GiveBadge', by, { personId });
  expect(status, JSON.stringify(body)).toBe(200);
  return body['secretCode'] as string;
}

async function publicKey(): Promise<string> {
  const { publicKey: key } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ]);
  return Buffer.from(await crypto.subtle.exportKey('raw', key)).toString('base64');
}

async function enrol(badgeCode: string, pin: string, more: Record<string, unknown> = {}): Promise<Answered> {
  return call('SharedDeviceService/EnrolPerson', admin, {
    deviceId: deviceId(),
    badgeCode,
    pin,
    publicKey: await publicKey(),
    ...more,
  });
}

async function ready(): Promise<string> {
  const code = await giveBadge();
  expect((await call('BadgeService/SetOwnPin', worker, { pin: PIN })).status).toBe(200);
  return code;
}

async function enrolledNames(by = admin): Promise<unknown> {
  const { body } = await call('SharedDeviceService/GetSharedDevice', by, { deviceId: deviceId() });
  return ((body['people'] ?? []) as { personId: string }[]).map(({ personId }) => personId);
}

const detailOf = ({ body }: Answered) =>
  (body['details'] as { debug?: { reason?: string; retryAfterMs?: string } }[] | undefined)?.[0]?.debug;
const reasonOf = (answer: Answered) => detailOf(answer)?.reason ?? null;
const waitOf = (answer: Answered) => Number(detailOf(answer)?.retryAfterMs ?? 0);

describe('a badge', () => {
  test('is kept as its hash, says nothing of the person, and is shown once', async () => {
    const code = await giveBadge();
    expect(code).toMatch(/^EKB-[0-9A-HJKMNP-TV-Z]{26}$/);
    const rows = await owner.query<{ row: string }>(
      `SELECT b::text AS row FROM badges b UNION ALL SELECT a::text FROM audit_log a WHERE table_name = 'badges'`,
    );
    expect(rows.rows.length).toBeGreaterThan(1);
    for (const { row } of rows.rows) expect(row).not.toContain(code);
    expect(JSON.stringify((await call('BadgeService/ListBadges', admin)).body)).not.toContain(code);
    expect(api.logLines.join()).not.toContain(code);
  });

  test('with its PIN enrols its person on a shared device, with what both they and the device may do', async () => {
    const { status, body } = await enrol(await ready(), PIN);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body['person']).toMatchObject({ personId: workerId(), role: 'warehouse' });
    expect(await enrolledNames()).toEqual([workerId()]);
    const sales = await api.provider.accessToken(api.companies[0].users.sales);
    const { body: seen } = await call('SharedDeviceService/GetSharedDevice', sales, { deviceId: deviceId() });
    expect(seen['people']).toMatchObject([{ permissions: ['inventory:read', 'planning:read'] }]);
  });

  test('that is replaced or withdrawn lets nobody in, and ends what rests on it', async () => {
    const first = await ready();
    expect((await enrol(first, PIN)).status).toBe(200);
    const second = await giveBadge();
    expect(await enrolledNames()).toEqual([]);
    expect(reasonOf(await enrol(first, PIN))).toBe('pin_wrong');
    expect((await enrol(second, PIN)).status).toBe(200);
    for (let time = 0; time < 2; time += 1)
      expect((await call('BadgeService/WithdrawBadge', admin, { personId: workerId() })).status).toBe(200);
    expect(await enrolledNames()).toEqual([]);
    expect(reasonOf(await enrol(second, PIN))).toBe('pin_wrong');
  });

  test("of another company is one that nobody has, and another company's person gets none", async () => {
    const [, south] = api.companies;
    const theirAdmin = await api.provider.accessToken(south.users.admin);
    const theirWorker = await api.provider.accessToken(south.users.warehouse);
    await call('BadgeService/SetOwnPin', theirWorker, { pin: PIN });
    const code = await giveBadge(south.users.warehouse.id, theirAdmin);
    const foreign = await enrol(code, PIN);
    expect(foreign).toEqual(await enrol('EKB-NOBODY', PIN));
    for (const rpc of ['GiveBadge', 'WithdrawBadge', 'ClearPin']) {
      const absent = await call(`BadgeService/${rpc}`, admin, { personId: randomUUID() });
      expect(absent.status).toBe(404);
      expect(await call(`BadgeService/${rpc}`, admin, { personId: south.users.warehouse.id })).toEqual(
        absent,
      );
    }
  });
});

describe('a PIN', () => {
  test('is as long as its person needs it, and digits alone', async () => {
    expect((await call('BadgeService/GetOwnPin', worker)).body).toMatchObject({ leastDigits: 6 });
    const planner = await api.provider.accessToken(api.companies[0].users.planner);
    expect((await call('BadgeService/GetOwnPin', planner)).body).toMatchObject({ leastDigits: 4 });
    expect((await call('BadgeService/SetOwnPin', planner, { pin: '2749' })).status).toBe(200);
    for (const pin of ['27491', '12345a', '', '1234567890123'])
      expect((await call('BadgeService/SetOwnPin', worker, { pin })).status).toBe(400);
  });

  test('that has become too short for a grown role counts as none', async () => {
    const { planner } = api.companies[0].users;
    const code = await giveBadge(planner.id);
    const own = await api.provider.accessToken(planner);
    await call('BadgeService/SetOwnPin', own, { pin: '2749' });
    expect((await enrol(code, '2749')).status).toBe(200);
    await owner.query(`UPDATE users SET role = 'manager' WHERE id = $1`, [planner.id]);
    expect(await enrolledNames()).not.toContain(planner.id);
    expect(reasonOf(await enrol(code, '2749'))).toBe('pin_wrong');
    expect((await call('BadgeService/GetOwnPin', own)).body).toMatchObject({ leastDigits: 6 });
    expect((await call('BadgeService/GetOwnPin', own)).body['hasPin']).toBeUndefined();
    await owner.query(`UPDATE users SET role = 'planner' WHERE id = $1`, [planner.id]);
  });

  test('is in no trail and no log', async () => {
    await enrol(await ready(), PIN);
    const { rows } = await owner.query<{ row: string }>('SELECT a::text AS row FROM audit_log a');
    expect(rows.some(({ row }) => row.includes('pins'))).toBe(false);
    expect(api.logLines.join()).not.toContain(PIN);
  });

  test('that is changed or cleared ends the enrolments that it was given for', async () => {
    const code = await ready();
    await enrol(code, PIN);
    await call('BadgeService/SetOwnPin', worker, { pin: '119283' });
    expect(await enrolledNames()).toEqual([]);
    expect(reasonOf(await enrol(code, PIN))).toBe('pin_wrong');
    expect((await enrol(code, '119283')).status).toBe(200);
    await call('BadgeService/ClearPin', admin, { personId: workerId() });
    expect(await enrolledNames()).toEqual([]);
    expect(reasonOf(await enrol(code, '119283'))).toBe('pin_wrong');
  });

  test('is not guessed: waits grow, nothing is looked at meanwhile, and the right one ends it', async () => {
    const code = await ready();
    const waits: unknown[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const answer = await enrol(code, '000000');
      expect(reasonOf(answer)).toBe('pin_wrong');
      waits.push(waitOf(answer));
      if (tries < 2) continue;
      expect(reasonOf(await enrol(code, PIN))).toBe('rate_limited');
      await owner.query('UPDATE pin_tries SET waits_until = now()');
    }
    expect(waits).toEqual([0, 0, 30_000, 60_000, 120_000, 240_000]);
    expect((await enrol(code, PIN)).status).toBe(200);
    expect((await owner.query('SELECT 1 FROM pin_tries')).rows).toEqual([]);
  });

  test('is not guessed by many at once', async () => {
    const code = await ready();
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(code, '000000')));
    expect(answers.map(reasonOf).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'pin_wrong'),
      ...Array.from({ length: 5 }, () => 'rate_limited'),
    ]);
  });
});

describe('a shared device', () => {
  test('is what only those may make it who manage devices; others are answered as if it was none', async () => {
    const code = await ready();
    await call('SharedDeviceService/SetDeviceShared', admin, { deviceId: deviceId(), isShared: false });
    expect(reasonOf(await enrol(code, PIN))).toBe('device_not_shared');
    const foreign = { deviceId: api.companies[1].deviceId };
    const absent = { deviceId: randomUUID() };
    for (const rpc of ['SetDeviceShared', 'GetSharedDevice']) {
      const answer = await call(`SharedDeviceService/${rpc}`, admin, { ...absent, isShared: true });
      expect(answer.status).toBe(404);
      expect(await call(`SharedDeviceService/${rpc}`, admin, { ...foreign, isShared: true })).toEqual(answer);
    }
    expect(reasonOf(await enrol(code, PIN, foreign))).toBe('not_found');
  });

  test.each([
    ['it is not shared any more', () => `UPDATE devices SET shared_since = NULL WHERE id = '${deviceId()}'`],
    ['it is shut out', () => `UPDATE devices SET revoked_at = now() WHERE id = '${deviceId()}'`],
    ['the person is shut out', () => `UPDATE users SET deactivated_at = now() WHERE id = '${workerId()}'`],
  ])('has nobody enrolled once %s', async (_, end) => {
    expect((await enrol(await ready(), PIN)).status).toBe(200);
    await owner.query(end());
    const { rows } = await owner.query(
      'SELECT ended_at IS NULL AS "isInForce" FROM enrolments WHERE user_id = $1 ORDER BY enrolled_at DESC LIMIT 1',
      [workerId()],
    );
    expect(rows).toEqual([{ isInForce: false }]);
    await owner.query('UPDATE users SET deactivated_at = NULL WHERE id = $1', [workerId()]);
    await owner.query('UPDATE devices SET revoked_at = NULL WHERE id = $1', [deviceId()]);
  });

  test('takes no key that is no point on the curve', async () => {
    const code = await ready();
    const key = Buffer.alloc(65, 4).toString('base64');
    expect((await enrol(code, PIN, { publicKey: key })).status).toBe(400);
    expect((await enrol(code, PIN, { publicKey: '' })).status).toBe(400);
  });
});

import { randomUUID } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { findCompaniesWithOldKeys, purgeOldKeys } from './purge-old-keys.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
/** What ReportDevice does; it answers with nothing in any case. */
let report: () => Promise<void>;
let reports = 0;

beforeAll(async () => {
  api = await startTestApi(() => ({
    registerServices: (router) =>
      router.service(SyncService, {
        async reportDevice() {
          reports += 1;
          await report();
          return {};
        },
      }),
  }));
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'idempotency test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});
beforeEach(() => {
  report = async () => undefined;
  reports = 0;
});

type Sent = { readonly key?: string; readonly company?: 0 | 1; readonly role?: 'warehouse' | 'planner' };

async function send(rpc: string, body: object, { key, company = 0, role = 'warehouse' }: Sent) {
  const user = api.companies[company].users[role];
  return postRpc(api.url, rpc, {
    body,
    bearer: await api.provider.accessToken(user),
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
}

const register = (name: string, sent: Sent, deviceId: string = randomUUID()) =>
  send('AuthService/RegisterDevice', { deviceId, name }, sent);

const sendReport = (key: string, deviceId = '01a00000-0000-7000-8000-0000000000aa') =>
  send('SyncService/ReportDevice', { deviceId, epoch: deviceId }, { key });

async function reasonOf(answer: Response) {
  const { code, details } = (await answer.json()) as { code: string; details: { debug: object }[] };
  return { status: answer.status, code, ...details[0]?.debug };
}

async function age(key: string, interval: string): Promise<void> {
  await owner.query('UPDATE idempotency_keys SET claimed_at = now() - $2::interval WHERE key = $1', [
    key,
    interval,
  ]);
}

describe('the same key', () => {
  test('with the same request gets the first answer, and nothing is done again', async () => {
    const key = randomUUID();
    const deviceId = randomUUID();
    const first = await register('Dock 7', { key }, deviceId);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await owner.query(`UPDATE devices SET name = 'Renamed since' WHERE id = $1`, [deviceId]);
    const second = await register('Dock 7', { key }, deviceId);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
    const { rows } = await owner.query('SELECT name FROM devices WHERE id = $1', [deviceId]);
    expect(rows).toEqual([{ name: 'Renamed since' }]);
  });

  test('with another request, or for another RPC, is refused in plain words', async () => {
    const key = randomUUID();
    const deviceId = randomUUID();
    await register('Dock 7', { key }, deviceId);
    for (const answer of [await register('Dock 8', { key }, deviceId), await sendReport(key, deviceId)]) {
      expect(await reasonOf(answer)).toMatchObject({
        status: 400,
        code: 'invalid_argument',
        reason: 'idempotency_key_reused',
      });
    }
  });

  test('of another person or company is another key', async () => {
    const key = randomUUID();
    const others: Sent[] = [{ key }, { key, role: 'planner' }, { key, company: 1 }];
    for (const sent of others) {
      const answer = await register('Dock 7', sent);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('idempotency-replayed')).toBeNull();
    }
  });

  test('after a refusal runs again: nothing was done', async () => {
    const key = randomUUID();
    report = async () => {
      throw new Error('the first time it breaks');
    };
    expect((await sendReport(key)).status).toBe(500);
    report = async () => undefined;
    expect((await sendReport(key)).status).toBe(200);
    expect(reports).toBe(2);
  });

  test('while the first is running is told to come again, and then gets its answer', async () => {
    const key = randomUUID();
    const hold = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    report = () => {
      begun.resolve();
      return hold.promise;
    };
    const first = sendReport(key);
    await begun.promise;
    const second = await sendReport(key);
    expect(second.headers.get('retry-after')).toBe('1');
    expect(await reasonOf(second)).toMatchObject({
      status: 409,
      code: 'aborted',
      reason: 'still_running',
      retryAfterMs: 1000,
    });
    hold.resolve();
    expect((await first).status).toBe(200);
    expect((await sendReport(key)).headers.get('idempotency-replayed')).toBe('true');
    expect(reports).toBe(1);
  });

  test('of ten at once lets one through', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendReport(key)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 409)).toContain(200);
    expect(reports).toBe(1);
  });

  test('of a call whose server died is taken over after a minute, and the dead one can keep nothing', async () => {
    const key = randomUUID();
    const dead = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    report = () => {
      begun.resolve();
      return dead.promise;
    };
    const first = sendReport(key);
    await begun.promise;
    await age(key, '61 seconds');
    report = async () => undefined;
    expect((await sendReport(key)).headers.get('idempotency-replayed')).toBeNull();
    dead.reject(new Error('it was not so dead, and fails'));
    expect((await first).status).toBe(500);
    expect((await sendReport(key)).headers.get('idempotency-replayed')).toBe('true');
    expect(reports).toBe(2);
  });

  test('is free again after a day, whether it was removed or not', async () => {
    const [used, removed] = [randomUUID(), randomUUID()];
    const keys = async () => {
      const { rows } = await owner.query('SELECT key FROM idempotency_keys WHERE key = ANY ($1)', [
        [used, removed],
      ]);
      return rows.map(({ key }: { key: string }) => key);
    };
    await sendReport(used);
    await sendReport(removed);
    await age(used, '24 hours 1 second');
    await sendReport(used);
    expect(reports).toBe(3);
    await age(removed, '24 hours 1 second');
    const { tenantId } = api.companies[0];
    expect(await findCompaniesWithOldKeys(app)).toEqual([tenantId]);
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
    expect(await withTenant(app, scope, purgeOldKeys)).toBe(1);
    expect(await keys()).toEqual([used]);
  });
});

test('of an answer that holds a secret only that it was given is kept', async () => {
  const key = randomUUID();
  const ask = () => send('AuthService/CreateSyncToken', { deviceId: api.companies[0].deviceId }, { key });
  expect((await ask()).status).toBe(200);
  expect(await reasonOf(await ask())).toMatchObject({ code: 'already_exists', reason: 'answered_once' });
  const { rows } = await owner.query('SELECT length(answer) AS length FROM idempotency_keys WHERE key = $1', [
    key,
  ]);
  expect(rows).toEqual([{ length: 0 }]);
});

test('a key that could be anything else is refused', async () => {
  for (const key of ['two words', 'x'.repeat(256), '"quoted"']) {
    expect(await reasonOf(await register('Dock 7', { key }))).toMatchObject({
      code: 'invalid_argument',
      reason: 'bad_idempotency_key',
    });
  }
});

test('a read and a write without a key leave nothing behind', async () => {
  const count = async () => (await owner.query('SELECT count(*)::int AS count FROM idempotency_keys')).rows;
  const before = await count();
  expect((await send('AuthService/GetMe', {}, { key: randomUUID() })).status).toBe(200);
  expect((await register('Dock 7', {})).status).toBe(200);
  expect(await count()).toEqual(before);
});

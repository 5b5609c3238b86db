import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { callerOf } from './caller.ts';
import { scopeOf } from './scope-of.ts';

let api: TestApi;
let app: pg.Pool;
/** What became of the statement of the last call. */
let ended: Promise<unknown>;

beforeAll(async () => {
  api = await startTestApi(() => ({
    registerServices: (router) =>
      router.service(SyncService, {
        async getTime(_request, context) {
          const work = withTenant(app, scopeOf(callerOf(context)), (tx) => tx.query('SELECT pg_sleep(20)'));
          ended = work.catch((error: unknown) => error);
          await work;
          return {};
        },
      }),
  }));
  app = createPool({ url: api.ownerUrl, role: 'eventkit_app', max: 1, applicationName: 'deadline test' });
});
afterAll(async () => {
  await app.end();
  await api.stop();
});

test('a caller who waits no longer is told so, and the database works no longer', async () => {
  const answer = await postRpc(api.url, 'SyncService/GetTime', {
    bearer: await api.provider.accessToken(api.companies[0].users.warehouse),
    headers: { 'connect-timeout-ms': '150' },
  });
  expect(answer.status).toBe(504);
  expect(await answer.json()).toMatchObject({
    code: 'deadline_exceeded',
    details: [{ debug: { reason: 'deadline_exceeded' } }],
  });
  expect(await ended).toMatchObject({ code: '57014' });
  const { rows } = await app.query('SHOW statement_timeout');
  expect(rows).toEqual([{ statement_timeout: '0' }]);
});

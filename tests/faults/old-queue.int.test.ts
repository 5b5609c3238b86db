import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import {
  openUploadDatabase,
  push,
  testClock,
  type UploadDatabase,
} from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOldQueue } from './old-queue.ts';

const COUNT = 10_000;
const BATCH = 500;

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

test('10,000 operations in the words of the first release are taken, each once, and in good time', async () => {
  const tenant = await createUploadTenant(database.ownerPool, 'old queue', {
    assets: 500,
    cases: 20,
    events: 20,
    locations: 20,
  });
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const userId = tenant.caller.userId as UserId;
  const queue = makeOldQueue(tenant, { deviceId, userId, endsAtMs: testClock.wallMs() }, COUNT);
  const startedAt = performance.now();
  const verdicts = new Map<string, number>();
  for (let from = 0; from < COUNT; from += BATCH) {
    const outcomes = await push(database.pool, tenant.caller, deviceId, queue.slice(from, from + BATCH));
    for (const { verdict } of outcomes) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  expect(performance.now() - startedAt).toBeLessThan(60_000);
  expect(verdicts.get('kept_unread')).toBeUndefined();
  expect(verdicts.get('refused') ?? 0).toBeLessThan(COUNT / 100);
  expect(verdicts.get('applied')).toBeGreaterThan(COUNT / 2);
  const { rows } = await database.ownerPool.query(
    `SELECT count(*)::int AS stored, min(sequence)::int AS first, max(sequence)::int AS last,
            (SELECT count(*)::int FROM unreadable_operations WHERE tenant_id = $1) AS unread
       FROM operations WHERE tenant_id = $1`,
    [tenant.tenantId],
  );
  expect(rows).toEqual([{ stored: COUNT, first: 1, last: COUNT, unread: 0 }]);
}, 120_000);

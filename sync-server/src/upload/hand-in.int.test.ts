import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retryAllKept, retryKept } from '#health/retry-kept.ts';
import { applyBatch } from './apply-batch.ts';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { createTestDevice, pushedOf, scanned } from './testing/test-device.ts';
import { openUploadDatabase, testClock, testReport, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

async function start(name: string) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const device = createTestDevice(deviceId, tenant.caller.userId as UserId, name);
  const operations = [0, 1].map((asset) =>
    device.record({
      kind: 'check_out',
      asset: scanned(tenant.assetIds[asset] as AssetId),
      eventId: tenant.eventIds[0] as EventId,
      overrideReason: null,
    }),
  );
  const ports = { pool: database.pool, store: createPostgresBatchStore(database.pool), clock: testClock };
  const count = async (table: string) =>
    (
      await database.ownerPool.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM ${table} WHERE tenant_id = $1`,
        [tenant.tenantId],
      )
    ).rows[0]?.count;
  return {
    tenant,
    deviceId,
    ports,
    set: (change: string) =>
      database.ownerPool.query(`UPDATE devices SET ${change} WHERE tenant_id = $1 AND id = $2`, [
        tenant.tenantId,
        deviceId,
      ]),
    handIn: async () => {
      const result = await applyBatch(
        ports,
        { ...tenant.caller, permissions: [] },
        { deviceId, operations: operations.map(pushedOf), report: null, isHandedIn: true },
      );
      return result.ok ? result.value.map(({ reason }) => reason) : result.error.kind;
    },
    push: async () => {
      const batch = { deviceId, operations: operations.map(pushedOf), report: testReport };
      const result = await applyBatch(ports, tenant.caller, batch);
      return result.ok ? result.value.map(({ verdict }) => verdict) : result.error.kind;
    },
    counts: async () => ({
      kept: await count('unreadable_operations'),
      stored: await count('operations'),
      movements: await count('movements'),
    }),
    lastSequence: async () =>
      (
        await database.ownerPool.query('SELECT last_sequence FROM device_progress WHERE tenant_id = $1', [
          tenant.tenantId,
        ])
      ).rows,
  };
}

const COLLECT = `revoked_at = now(), wipe_kind = 'collect', wipe_ordered_at = now()`;

test('[UP24] what a device hands in that is shut out is kept, changes nothing, and takes effect when an admin says so', async () => {
  const { set, handIn, push, counts, lastSequence, ports, tenant, deviceId } = await start('collected');
  await set(COLLECT);
  expect(await push()).toBe('collected_device');
  for (let time = 0; time < 2; time += 1)
    expect(await handIn()).toEqual(['device_shut_out', 'device_shut_out']);
  expect(await counts()).toEqual({ kept: 2, stored: 0, movements: 0 });
  expect(await lastSequence()).toEqual([{ last_sequence: 2 }]);

  await retryAllKept({ ...ports, logger: { info: () => undefined } });
  expect(await retryKept(ports, tenant.tenantId)).toEqual({ takenCount: 0, keptCount: 0 });
  expect(await counts()).toEqual({ kept: 2, stored: 0, movements: 0 });

  expect(await retryKept(ports, tenant.tenantId, { onlyOf: deviceId })).toEqual({
    takenCount: 2,
    keptCount: 0,
  });
  expect(await counts()).toEqual({ kept: 2, stored: 2, movements: 2 });
});

test('[UP24] nothing is handed in without the order, nor once the device has begun', async () => {
  const { set, handIn, push, counts } = await start('not collected');
  expect(await handIn()).toBe('revoked_device');
  await set('revoked_at = now()');
  expect(await handIn()).toBe('revoked_device');
  await set(`wipe_kind = 'now', wipe_ordered_at = now()`);
  expect(await handIn()).toBe('revoked_device');
  await set(`wipe_kind = 'collect', wipe_begun_at = now()`);
  expect(await handIn()).toBe('revoked_device');
  expect(await push()).toBe('revoked_device');
  expect(await counts()).toEqual({ kept: 0, stored: 0, movements: 0 });
});

test('[UP24] what had come before stands, and is not kept for anybody', async () => {
  const { set, handIn, push, ports, tenant, deviceId, counts } = await start('came before');
  expect(await push()).toEqual(['applied', 'applied']);
  await set(COLLECT);
  await handIn();
  expect(await retryKept(ports, tenant.tenantId, { onlyOf: deviceId })).toEqual({
    takenCount: 0,
    keptCount: 0,
  });
  expect(await counts()).toMatchObject({ stored: 2, movements: 2 });
});

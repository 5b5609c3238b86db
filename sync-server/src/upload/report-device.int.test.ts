import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { type DeviceTold, reportDevice } from './report-device.ts';
import { createTestDevice, instantAt, scanned } from './testing/test-device.ts';
import {
  openUploadDatabase,
  push,
  testClock,
  testReport,
  type UploadDatabase,
} from './testing/upload-database.ts';
import { createUploadTenant, type UploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

async function start(name: string) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const device = createTestDevice(deviceId, tenant.userIds[0] as UserId);
  const recordScan = () =>
    device.record({
      kind: 'check_out',
      asset: scanned(tenant.assetIds[0] as AssetId),
      eventId: tenant.eventIds[0] as EventId,
      overrideReason: null,
    });
  return {
    tenant,
    deviceId,
    recordScan,
    send: (operations: Parameters<typeof push>[3]) =>
      push(database.pool, tenant.caller, deviceId, operations),
    report: (changes: Partial<DeviceTold> = {}, from = deviceId, by = tenant) =>
      reportDevice({ store: createPostgresBatchStore(database.pool), clock: testClock }, by.caller, {
        ...testReport,
        deviceId: from,
        epoch: uuidOf(`${name} epoch`),
        clockOffsetMs: null,
        isStorageKept: true,
        lostStorages: [],
        ...changes,
      }),
    progress: () => progressOf(tenant),
  };
}

async function progressOf({ tenantId }: UploadTenant) {
  const { rows } = await database.ownerPool.query<Record<string, unknown>>(
    'SELECT * FROM device_progress WHERE tenant_id = $1 ORDER BY started_at NULLS LAST',
    [tenantId],
  );
  return rows;
}

describe('reportDevice', () => {
  test('[UP13] [UP19] a device tells how it is without sending anything', async () => {
    const { report, progress } = await start('tells');
    const told = {
      queueLength: 7,
      oldestWaitingAt: instantAt(4),
      recordedSequence: 12,
      appVersion: '1.2',
      clockOffsetMs: -90_000,
      isStorageKept: false,
    };
    expect(await report(told)).toEqual({ ok: true, value: [] });
    const [row, ...others] = await progress();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      queue_length: 7,
      oldest_waiting_at: instantAt(4),
      recorded_sequence: 12,
      last_sequence: 0,
      app_version: '1.2',
      clock_offset_ms: -90_000,
      is_storage_kept: false,
      last_contact_at: instantAt(24 * 60),
      started_at: instantAt(24 * 60),
    });
    await report(told);
    expect(await progress()).toEqual([row]);
  });

  test('[UP19] an unregistered or revoked device, and one of another company, reports nothing', async () => {
    const { report, progress, deviceId, tenant } = await start('refused');
    const foreign = await createUploadTenant(database.ownerPool, 'refused, elsewhere');
    const unknown = { ok: false, error: { kind: 'unknown_device' } };
    expect(await report({}, uuidOf('no such device') as DeviceId)).toEqual(unknown);
    expect(await report({}, foreign.deviceIds[0])).toEqual(unknown);
    expect(await report({}, deviceId, foreign)).toEqual(unknown);
    await database.ownerPool.query('UPDATE devices SET revoked_at = now() WHERE tenant_id = $1', [
      tenant.tenantId,
    ]);
    expect(await report()).toEqual({ ok: false, error: { kind: 'revoked_device' } });
    expect(await progress()).toEqual([]);
    expect(await progressOf(foreign)).toEqual([]);
  });

  test('[UP20] a lost storage counts what had not come of it, and less when it comes after all', async () => {
    const { recordScan, send, report, progress } = await start('lost');
    const [first, , third, fourth] = Array.from({ length: 5 }, recordScan) as [
      Operation,
      Operation,
      Operation,
      Operation,
    ];
    await send([first, third]);
    const lost = { epoch: first.epoch, recordedSequence: 5 };
    const fresh = { epoch: uuidOf('lost fresh'), lostStorages: [lost] };
    expect(await report(fresh)).toEqual({ ok: true, value: [{ epoch: first.epoch, missingCount: 3 }] });

    const [gone] = await progress();
    expect(gone).toMatchObject({
      epoch: first.epoch,
      last_sequence: 3,
      gaps: [[2, 2]],
      recorded_sequence: 5,
    });
    await send([fourth]);
    expect(await report(fresh)).toEqual({ ok: true, value: [{ epoch: first.epoch, missingCount: 2 }] });
  });

  test('[UP20] a storage that the server never heard of is recorded all the same, the present one never as lost', async () => {
    const { report, progress } = await start('never heard of');
    const epoch = uuidOf('never heard of, fresh');
    const lostStorages = [
      { epoch: uuidOf('never heard of, gone'), recordedSequence: 9 },
      { epoch, recordedSequence: 4 },
    ];
    expect(await report({ epoch, lostStorages })).toEqual({
      ok: true,
      value: [{ epoch: uuidOf('never heard of, gone'), missingCount: 9 }],
    });
    expect(
      (await progress()).map((row) => [row['epoch'], row['recorded_sequence'], row['last_contact_at']]),
    ).toEqual([
      [epoch, 0, instantAt(24 * 60)],
      [uuidOf('never heard of, gone'), 9, null],
    ]);
  });
});

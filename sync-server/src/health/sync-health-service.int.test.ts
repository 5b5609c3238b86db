import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import {
  DeviceFindingKind,
  ImportOutcome,
  SyncHealthService,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportDevice } from '#upload/report-device.ts';
import { instantAt, pushedOf } from '#upload/testing/test-device.ts';
import { openUploadDatabase, testReport, type UploadDatabase } from '#upload/testing/upload-database.ts';
import { uuidOf } from '#upload/testing/upload-tenant.ts';
import { createSyncHealthService } from './sync-health-service.ts';
import { createHealthCompany, type HealthCompany } from './testing/health-company.ts';

let database: UploadDatabase;
let north: HealthCompany;
let south: HealthCompany;
let round = 0;
const damaged = { id: uuidOf('damaged at north'), envelope: Uint8Array.of(255) };
beforeAll(async () => {
  database = await openUploadDatabase();
});
/** Each company keeps one operation of a newcomer unread, the north a damaged one as well. */
beforeEach(async () => {
  round += 1;
  north = await createHealthCompany(database, `north ${round}`);
  south = await createHealthCompany(database, `south ${round}`);
  for (const { checkOut, newcomerId, send } of [north, south]) {
    await send([checkOut(), checkOut({ asset: 1, recordedBy: newcomerId })]);
  }
  await north.send([damaged]);
});
afterAll(() => database.close());

/** The service as an admin of the company sees it. */
function asAdminOf({ ports, tenant }: HealthCompany) {
  const service = createSyncHealthService({
    ...ports,
    callerOf: () => tenant.caller,
    logger: { info: () => undefined },
    silentAfterDays: 7,
  });
  const transport = createRouterTransport(({ service: serve }) => void serve(SyncHealthService, service));
  return createClient(SyncHealthService, transport);
}

async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(() => null, ConnectError.from);
  return error === null ? null : [error.code, error.findDetails(ErrorDetailSchema)[0]?.reason];
}

describe('SyncHealthService', () => {
  test('[SH9] lists every device of the company with what it told, the worst off first', async () => {
    const { ports, tenant, deviceId, otherDeviceId } = north;
    await reportDevice(ports, tenant.caller, {
      ...testReport,
      deviceId: otherDeviceId,
      epoch: uuidOf('north fresh'),
      queueLength: 3,
      oldestWaitingAt: instantAt(24 * 60 - 30),
      appVersion: '2.0',
      clockOffsetMs: 1_500,
      isStorageKept: true,
      lostStorages: [{ epoch: uuidOf('north gone'), recordedSequence: 6 }],
    });
    const { devices, silentAfterDays } = await asAdminOf(north).listDeviceHealth({});
    expect(silentAfterDays).toBe(7);
    expect(devices.map((device) => device.deviceId)).toEqual([otherDeviceId, deviceId]);
    const [worst, other] = devices;
    expect(worst).toMatchObject({
      name: 'Device 2',
      registeredByName: 'User 1',
      queueLength: 3,
      oldestWaitingAtMicros: microsOf(instantAt(24 * 60 - 30)),
      lastContactAtMicros: microsOf(instantAt(24 * 60)),
      appVersion: '2.0',
      clockOffsetMs: 1_500n,
      isStorageKept: true,
      keptCount: 0,
      findings: [{ kind: DeviceFindingKind.STORAGE_LOST, count: 6n }],
      storages: [
        { epoch: uuidOf('north fresh'), missingCount: 0n },
        { epoch: uuidOf('north gone'), missingCount: 6n, recordedSequence: 6n, lastSequence: 0n },
      ],
    });
    expect(worst?.storages[1]?.lostAtMicros).toBe(microsOf(instantAt(24 * 60)));
    expect(other).toMatchObject({
      keptCount: 2,
      findings: [{ kind: DeviceFindingKind.KEPT_UNREAD, count: 2n }],
    });
  });

  test('[SH10] shows nothing of another company', async () => {
    const seen = JSON.stringify([
      (await asAdminOf(south).listDeviceHealth({})).devices.map(({ deviceId }) => deviceId),
      (await asAdminOf(south).listKeptOperations({})).operations.map(({ id }) => id),
    ]);
    for (const id of [...north.tenant.deviceIds, damaged.id]) expect(seen).not.toContain(id);
    expect(seen).toContain(south.deviceId);
  });

  test('[SH11] lists what is kept, by whom and what, as far as the bytes tell', async () => {
    const { operations, totalCount } = await asAdminOf(north).listKeptOperations({});
    expect(totalCount).toBe(2);
    expect(operations.find(({ id }) => id === damaged.id)).toMatchObject({
      deviceName: 'Device 1',
      sentByName: 'User 1',
      recordedByName: '',
      kind: '',
      problem: 'unreadable',
      byteCount: 1,
      receivedAtMicros: microsOf(instantAt(24 * 60)),
    });
    const [readable] = operations.filter(({ id }) => id !== damaged.id);
    expect(readable).toMatchObject({
      kind: 'check_out',
      problem: 'unknown_person',
      detail: north.newcomerId,
      recordedAtMicros: microsOf(instantAt(2)),
    });
    expect(readable?.recordedByName).toBe('');
  });

  test('[SH12] gives what is kept of a device as a file that can be brought in again', async () => {
    const { file } = await asAdminOf(north).exportKeptOperations({ deviceId: north.deviceId.toUpperCase() });
    const imported = await asAdminOf(north).importOperations({ file });
    expect(imported).toMatchObject({ deviceName: 'Device 1', isWhole: true });
    expect(imported.operations.map(({ outcome }) => outcome)).toEqual([
      ImportOutcome.KEPT_UNREAD,
      ImportOutcome.KEPT_UNREAD,
    ]);
    expect((await asAdminOf(north).listKeptOperations({})).totalCount).toBe(2);
  });

  test('[SH10] [SH12] a device of another company has nothing, like one that nobody has', async () => {
    const absent = await refusalOf(asAdminOf(south).exportKeptOperations({ deviceId: uuidOf('nobody') }));
    expect(absent).toEqual([Code.NotFound, 'not_found']);
    expect(await refusalOf(asAdminOf(south).exportKeptOperations({ deviceId: north.deviceId }))).toEqual(
      absent,
    );
  });

  test('[SH10] [SH13] a file of another company is refused by name', async () => {
    const { file } = await asAdminOf(north).exportKeptOperations({ deviceId: north.deviceId });
    const refused = await refusalOf(asAdminOf(south).importOperations({ file }));
    expect(refused).toEqual([Code.FailedPrecondition, 'other_company']);
    const none = asAdminOf(south).importOperations({ file: pushedOf(south.checkOut()).envelope });
    expect(await refusalOf(none)).toEqual([Code.InvalidArgument, 'no_such_file']);
  });

  test('[SH10] [UP21] trying again takes in what the own company can read now', async () => {
    await Promise.all([north.takeOn(), south.takeOn()]);
    expect(await asAdminOf(south).retryKeptOperations({})).toMatchObject({ takenCount: 1, keptCount: 0 });
    expect(await north.stored()).toHaveLength(1);
    expect(await asAdminOf(north).retryKeptOperations({})).toMatchObject({ takenCount: 1, keptCount: 1 });
    expect((await asAdminOf(north).listKeptOperations({})).operations).toMatchObject([
      { id: damaged.id, retriedAtMicros: microsOf(instantAt(24 * 60)) },
    ]);
  });
});

import type { AttachedFile } from '@eventkit/shared/attachments/attachment.ts';
import type {
  AssetId,
  AttachmentId,
  DeviceId,
  EventId,
  StorageLocationId,
  UserId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import type { CheckIn } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDevice, instantAt, scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

const photo = (name: string, byteSize = 1234): AttachedFile => ({
  id: uuidOf(name) as AttachmentId,
  kind: 'photo',
  mediaType: 'image/jpeg',
  byteSize,
  sha256: 'ab'.repeat(32),
  width: 1600,
  height: 1200,
  takenAt: instantAt(0),
});

const signature = (name: string, byteSize: number): AttachedFile => ({
  ...photo(name, byteSize),
  kind: 'signature',
  mediaType: 'image/png',
});

async function start(name: string) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId] = tenant.deviceIds as [DeviceId];
  const device = createTestDevice(deviceId, tenant.userIds[0] as UserId);
  const checkIn = (attachments: readonly AttachedFile[], changes: Partial<CheckIn> = {}) =>
    device.record({
      kind: 'check_in',
      asset: scanned(tenant.assetIds[0] as AssetId),
      locationId: tenant.locationIds[0] as StorageLocationId,
      disposition: 'damaged',
      note: null,
      attachments,
      ...changes,
    });
  return {
    tenant,
    device,
    checkIn,
    send: (operations: Parameters<typeof push>[3]) =>
      push(database.pool, tenant.caller, deviceId, operations),
    rows: async (table: 'attachments' | 'audit_log' = 'attachments') =>
      (
        await database.ownerPool.query<Record<string, unknown>>(
          `SELECT * FROM ${table} WHERE tenant_id = $1 ${table === 'audit_log' ? `AND table_name = 'attachments'` : 'ORDER BY byte_size'}`,
          [tenant.tenantId],
        )
      ).rows,
  };
}

describe('the attachments of operations', () => {
  test('[UP18] are written with them, not here yet, once and with their cause', async () => {
    const { checkIn, device, tenant, send, rows } = await start('with operations');
    const first = checkIn([photo('one'), photo('two', 5000)]);
    const second = device.record({
      kind: 'quarantine',
      asset: scanned(tenant.assetIds[1] as AssetId),
      reason: 'rattles',
      attachments: [photo('three', 9000)],
    });
    await send([first, second]);
    await send([first]);

    const common = { kind: 'photo', media_type: 'image/jpeg', width: 1600, height: 1200, uploaded_at: null };
    expect(await rows()).toMatchObject([
      { ...common, id: uuidOf('one'), operation_id: first.id, byte_size: 1234, sha256: 'ab'.repeat(32) },
      { ...common, id: uuidOf('two'), operation_id: first.id, byte_size: 5000, taken_at: instantAt(0) },
      { ...common, id: uuidOf('three'), operation_id: second.id, byte_size: 9000 },
    ]);
    const audited = await rows('audit_log');
    expect(audited.map((row) => [row['row_id'], row['operation_id'], row['user_id']]).sort()).toEqual(
      [
        [uuidOf('one'), first.id, first.recordedBy],
        [uuidOf('two'), first.id, first.recordedBy],
        [uuidOf('three'), second.id, second.recordedBy],
      ].sort(),
    );
  });

  test('[UP18] [AT7] are signatures where a truck was confirmed: one for who did, one for who saw it too', async () => {
    const { device, tenant, send, rows } = await start('signed for');
    const operation = device.record({
      kind: 'confirm_truck_pack',
      vehicleId: tenant.vehicleIds[0] as VehicleId,
      eventId: tenant.eventIds[0] as EventId,
      contents: [],
      leftBehind: [],
      attachments: [signature('driver', 1), signature('second', 2)],
    });
    expect(await send([operation])).toMatchObject([{ verdict: 'applied' }]);
    const common = { operation_id: operation.id, kind: 'signature', media_type: 'image/png' };
    expect(await rows()).toMatchObject([
      { ...common, id: uuidOf('driver'), uploaded_at: null },
      { ...common, id: uuidOf('second'), uploaded_at: null },
    ]);
  });

  test('[UP18] [AT1] are kept with a code that nobody knows, and not with what was refused', async () => {
    const { checkIn, send, rows } = await start('unknown and refused');
    const unknown = checkIn([photo('kept')], { asset: { code: 'X-1', assetId: null, observed: null } });
    const refused = checkIn([photo('dropped')], { locationId: uuidOf('nowhere') as StorageLocationId });
    const outcomes = await send([unknown, refused]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['conflicted', 'refused']);
    expect((await rows()).map(({ id }) => id)).toEqual([uuidOf('kept')]);
  });

  test('[UP18] keep their id where another operation takes it too, and nothing is held up', async () => {
    const { checkIn, send, rows } = await start('taken ids');
    const first = checkIn([photo('taken')]);
    const second = checkIn([photo('taken', 2), photo('free', 3)]);
    const third = checkIn([photo('taken', 4)]);
    const outcomes = [...(await send([first, second])), ...(await send([third]))];
    expect(outcomes.map(({ verdict }) => verdict)).not.toContain('kept_unread');
    expect((await rows()).map((row) => [row['id'], row['operation_id']])).toEqual([
      [uuidOf('free'), second.id],
      [uuidOf('taken'), first.id],
    ]);
  });
});

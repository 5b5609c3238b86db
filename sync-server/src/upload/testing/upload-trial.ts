import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { createTestDevice, scanned, type TestDevice } from './test-device.ts';
import { push, readLedger, type UploadDatabase } from './upload-database.ts';
import { createUploadTenant } from './upload-tenant.ts';

/** A fresh company with one device at work. */
export async function openTrial(database: UploadDatabase, name: string) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId, otherDeviceId] = tenant.deviceIds as [DeviceId, DeviceId];
  const [userId, otherUserId] = tenant.userIds as [UserId, UserId];
  const device = createTestDevice(deviceId, userId);
  return {
    tenant,
    deviceId,
    otherDeviceId,
    userId,
    otherUserId,
    device,
    asset: tenant.assetIds[0] as AssetId,
    event: tenant.eventIds[0] as EventId,
    send: (operations: Parameters<typeof push>[3]) =>
      push(database.pool, tenant.caller, deviceId, operations),
    ledger: () => readLedger(database.ownerPool, tenant),
    query: async (text: string) =>
      (await database.ownerPool.query<Record<string, unknown>>(text, [tenant.tenantId])).rows,
  };
}

export function checkOut(
  device: TestDevice,
  assetId: AssetId,
  eventId: EventId,
  changes: Partial<Operation> = {},
) {
  return device.record(
    { kind: 'check_out', asset: scanned(assetId), eventId, overrideReason: null },
    changes,
  );
}

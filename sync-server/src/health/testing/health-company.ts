import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { retryKept } from '#health/retry-kept.ts';
import { createPostgresBatchStore } from '#upload/postgres-batch-store.ts';
import { createTestDevice, scanned } from '#upload/testing/test-device.ts';
import { push, readLedger, testClock, type UploadDatabase } from '#upload/testing/upload-database.ts';
import { createUploadTenant, uuidOf } from '#upload/testing/upload-tenant.ts';

/** A company with one device at work, and somebody whom it does not know yet: what that one does is kept unread. */
export async function createHealthCompany(database: UploadDatabase, name: string) {
  const tenant = await createUploadTenant(database.ownerPool, name);
  const [deviceId, otherDeviceId] = tenant.deviceIds as [DeviceId, DeviceId];
  const [userId] = tenant.userIds as [UserId];
  const device = createTestDevice(deviceId, userId);
  const newcomerId = uuidOf(`${name} newcomer`) as UserId;
  const ports = { pool: database.pool, store: createPostgresBatchStore(database.pool), clock: testClock };
  const query = async (text: string) =>
    (await database.ownerPool.query<Record<string, unknown>>(text, [tenant.tenantId])).rows;
  return {
    tenant,
    deviceId,
    otherDeviceId,
    userId,
    device,
    newcomerId,
    ports,
    query,
    /** The next check-out of the device, of another asset each time. */
    checkOut(changes: Partial<Operation> & { at?: number; asset?: number } = {}) {
      const { asset = 0, ...rest } = changes;
      return device.record(
        {
          kind: 'check_out',
          asset: scanned(tenant.assetIds[asset] as AssetId),
          eventId: tenant.eventIds[0] as EventId,
          overrideReason: null,
        },
        rest,
      );
    },
    send: (operations: Parameters<typeof push>[3], from = deviceId) =>
      push(database.pool, tenant.caller, from, operations),
    retry: () => retryKept(ports, tenant.tenantId),
    ledger: () => readLedger(database.ownerPool, tenant),
    /** The newcomer is taken on; what they did can be read from now on. */
    takeOn: () =>
      database.ownerPool.query(
        `INSERT INTO users (tenant_id, id, email, name, role) VALUES ($1, $2, $3, 'Newcomer', 'warehouse')`,
        [tenant.tenantId, newcomerId, `${newcomerId}@new.example`],
      ),
    kept: () =>
      query(
        'SELECT id, problem, received_at, retried_at, sent_by FROM unreadable_operations WHERE tenant_id = $1 ORDER BY id',
      ),
    stored: () =>
      query(
        `SELECT id, sequence, effective_at, received_at, recorded_by, sent_by, verdict, reason FROM operations
         WHERE tenant_id = $1 ORDER BY sequence`,
      ),
  };
}

export type HealthCompany = Awaited<ReturnType<typeof createHealthCompany>>;

import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDevice } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

describe('labels on PostgreSQL', () => {
  test('[LB3] [UP14] a conflict moves with what was read by the label, as one change of one row', async () => {
    const tenant = await createUploadTenant(database.ownerPool, 'relabelled', { devices: 3 });
    const { caller, tenantId } = tenant;
    const [before, after] = tenant.assetIds as [AssetId, AssetId];
    const [gala, fair] = tenant.eventIds as [EventId, EventId];
    const devices = tenant.deviceIds.map((id) => createTestDevice(id, caller.userId as UserId));
    const told = async (device: number, at: number, intent: Intent): Promise<Operation> => {
      const operation = devices[device]?.record(intent, { at });
      if (operation === undefined) throw new Error('no such device');
      await push(database.pool, caller, tenant.deviceIds[device] as DeviceId, [operation]);
      return operation;
    };
    const assign = (id: AssetId, observed: AssetId | null): Intent => ({
      kind: 'assign_label',
      code: 'L-1',
      target: { kind: 'asset', id },
      observed: observed === null ? null : { kind: 'asset', id: observed },
    });
    const out = (eventId: EventId): Intent => ({
      kind: 'check_out',
      asset: { code: 'L-1', assetId: before, observed: null },
      eventId,
      overrideReason: null,
    });
    await told(0, 1, assign(before, null));
    const first = await told(0, 10, out(gala));
    const second = await told(1, 11, out(fair));
    const moved = await told(2, 5, assign(after, before));

    const id = `double_check_out:${first.id}:0:${second.id}:0`;
    const conflicts = await database.ownerPool.query(
      'SELECT asset_id, status FROM conflicts WHERE tenant_id = $1 AND id = $2',
      [tenantId, id],
    );
    expect(conflicts.rows).toEqual([{ asset_id: after, status: 'open' }]);
    const trail = await database.ownerPool.query(
      `SELECT action, changes -> 'asset_id' AS asset FROM audit_log
       WHERE tenant_id = $1 AND row_id = $2 AND operation_id = $3`,
      [tenantId, id, moved.id],
    );
    expect(trail.rows).toEqual([{ action: 'update', asset: [before, after] }]);
  });
});

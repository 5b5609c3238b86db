import type { AssetId, DeviceId, EventId, OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBatch } from './apply-batch.ts';
import { Unavailable } from './classify-failure.ts';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { pushedOf } from './testing/test-device.ts';
import { openUploadDatabase, testClock, testReport, type UploadDatabase } from './testing/upload-database.ts';
import { createUploadTenant, uuidOf } from './testing/upload-tenant.ts';
import { checkOut, openTrial } from './testing/upload-trial.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
const start = (name: string) => openTrial(database, name);

describe('operations that are not as they should be', () => {
  test('[UP5] the same id with other bytes is kept as a fault', async () => {
    const { tenant, device, asset, event, send, ledger, query } = await start('other-bytes');
    const operation = checkOut(device, asset, event);
    const forged = { ...operation, intent: { ...operation.intent, eventId: tenant.eventIds[1] as EventId } };
    await send([operation]);
    const before = await ledger();

    expect(await send([forged as Operation])).toMatchObject([
      { verdict: 'kept_unread', reason: 'same_id_other_content' },
    ]);
    expect(await ledger()).toEqual(before);
    expect(await query('SELECT id, problem FROM unreadable_operations WHERE tenant_id = $1')).toEqual([
      { id: operation.id, problem: 'same_id_other_content' },
    ]);
    expect(await send([operation])).toMatchObject([{ verdict: 'applied' }]);
  });

  test('[UP5] also within one batch: the first stands', async () => {
    const { tenant, device, asset, event, send } = await start('other-bytes-in-batch');
    const operation = checkOut(device, asset, event);
    const forged = { ...operation, intent: { ...operation.intent, eventId: tenant.eventIds[1] as EventId } };
    const outcomes = await send([operation, forged as Operation]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['applied', 'kept_unread']);
  });

  test('[UP6] a number that is taken is kept as a fault', async () => {
    const { device, asset, event, send, ledger } = await start('taken-number');
    const operation = checkOut(device, asset, event);
    await send([operation]);
    const before = await ledger();
    const impostor = { ...operation, id: uuidOf('impostor') as OperationId };
    expect(await send([impostor])).toMatchObject([
      { verdict: 'kept_unread', reason: 'same_sequence_other_id' },
    ]);
    expect(await ledger()).toEqual(before);
  });

  test('[UP7] what cannot be read is kept with its bytes and holds nothing up', async () => {
    const { tenant, device, asset, event, send, query, otherDeviceId } = await start('poison');
    const [a, b, c] = tenant.assetIds as [AssetId, AssetId, AssetId];
    const good = [checkOut(device, a, event), checkOut(device, b, event), checkOut(device, c, event)];
    const damaged = { id: uuidOf('damaged'), envelope: Uint8Array.of(255, 1, 2, 0) };
    const newer = checkOut(device, asset, event, { schemaVersion: 99 });
    const otherId = { id: uuidOf('other id'), envelope: pushedOf(checkOut(device, asset, event)).envelope };
    const otherDevice = checkOut(device, asset, event, { deviceId: otherDeviceId });
    const stranger = checkOut(device, asset, event, { recordedBy: uuidOf('nobody') as UserId });
    const nul = checkOut(device, asset, event);
    const withNul = { ...nul, intent: { ...nul.intent, overrideReason: 'a\0b' } } as Operation;

    const [first, second, third] = good as [Operation, Operation, Operation];
    const batch = [first, damaged, newer, second, otherId, otherDevice, stranger, withNul, third];
    const outcomes = await send(batch);

    expect(outcomes.map(({ verdict, reason }) => reason ?? verdict)).toEqual([
      'applied',
      'unreadable',
      'unreadable',
      'applied',
      'other_id_inside',
      'other_device_inside',
      'unknown_person',
      'unreadable',
      'applied',
    ]);
    const kept = await query('SELECT id, envelope FROM unreadable_operations WHERE tenant_id = $1');
    expect(kept).toHaveLength(6);
    expect(kept.find(({ id }) => id === damaged.id)?.['envelope']).toEqual(Buffer.from(damaged.envelope));
    expect(await send(batch)).toEqual(outcomes);
  });

  test('[UP8] what the database cannot take is found in a batch of many and kept alone', async () => {
    const { tenant, device, event, send, query } = await start('unstorable');
    const operations = Array.from({ length: 33 }, (_, index) =>
      checkOut(device, tenant.assetIds[index % 6] as AssetId, event),
    );
    await database.ownerPool.query(
      `ALTER TABLE operations ADD CONSTRAINT planted_fault CHECK (tenant_id <> '${tenant.tenantId}' OR sequence NOT IN (8, 21))`,
    );
    const outcomes = await send(operations);
    const kept = outcomes.flatMap(({ verdict, reason }, index) =>
      verdict === 'kept_unread' ? [[index, reason]] : [],
    );
    expect(kept).toEqual([
      [7, 'failed'],
      [20, 'failed'],
    ]);
    expect(await query('SELECT id FROM operations WHERE tenant_id = $1')).toHaveLength(31);
  });

  test('[UP9] where the database is not as it should be, nothing is blamed and nothing stored', async () => {
    const { device, asset, event, send, query } = await start('unavailable');
    const operation = checkOut(device, asset, event);
    await database.ownerPool.query('ALTER TABLE movements RENAME TO movements_away');
    try {
      await expect(send([operation])).rejects.toThrow(Unavailable);
    } finally {
      await database.ownerPool.query('ALTER TABLE movements_away RENAME TO movements');
    }
    expect(await query('SELECT id FROM operations WHERE tenant_id = $1')).toEqual([]);
    expect(await query('SELECT id FROM unreadable_operations WHERE tenant_id = $1')).toEqual([]);
    expect(await send([operation])).toMatchObject([{ verdict: 'applied' }]);
  });

  test('[UP10] an unknown, a foreign and a revoked device are refused, and nothing is stored', async () => {
    const { tenant, device, asset, event, deviceId, query } = await start('devices');
    const foreign = await createUploadTenant(database.ownerPool, 'devices of others');
    const batch = { operations: [pushedOf(checkOut(device, asset, event))], report: testReport };
    const from = (id: DeviceId) =>
      applyBatch({ store: createPostgresBatchStore(database.pool), clock: testClock }, tenant.caller, {
        ...batch,
        deviceId: id,
      });

    const unknown = { ok: false, error: { kind: 'unknown_device' } };
    expect(await from(uuidOf('no device') as DeviceId)).toEqual(unknown);
    expect(await from(foreign.deviceIds[0] as DeviceId)).toEqual(unknown);
    await query('UPDATE devices SET revoked_at = now() WHERE tenant_id = $1');
    expect(await from(deviceId)).toEqual({ ok: false, error: { kind: 'revoked_device' } });
    expect(await query('SELECT id FROM operations WHERE tenant_id = $1')).toEqual([]);
    expect(await query('SELECT id FROM unreadable_operations WHERE tenant_id = $1')).toEqual([]);
  });
});

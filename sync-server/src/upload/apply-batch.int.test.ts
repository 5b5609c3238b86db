import type { AssetId, DeviceId, EventId, OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBatch } from './apply-batch.ts';
import { Unavailable } from './classify-failure.ts';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { createTestDevice, instantAt, pushedOf, scanned, type TestDevice } from './testing/test-device.ts';
import {
  openUploadDatabase,
  push,
  readLedger,
  testClock,
  testReport,
  type UploadDatabase,
} from './testing/upload-database.ts';
import { createUploadTenant, uuidOf } from './testing/upload-tenant.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

/** A fresh company with one device at work. */
async function start(name: string) {
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

function checkOut(device: TestDevice, assetId: AssetId, eventId: EventId, changes: Partial<Operation> = {}) {
  return device.record(
    { kind: 'check_out', asset: scanned(assetId), eventId, overrideReason: null },
    changes,
  );
}

describe('applyBatch', () => {
  test('[UP2] a check-out moves the asset, leaves a fact and a verdict', async () => {
    const { device, asset, event, send, ledger, query } = await start('check-out');
    const operation = checkOut(device, asset, event);

    expect(await send([operation])).toEqual([
      { id: operation.id, verdict: 'applied', reason: null, problem: null },
    ]);

    const { assets, movements, conflicts } = await ledger();
    expect(assets.find(({ id }) => id === asset)).toMatchObject({
      place_kind: 'event',
      place_id: event,
      last_movement_id: `${operation.id}:0`,
    });
    expect(movements).toMatchObject([{ id: `${operation.id}:0`, to_id: event, kind: 'check_out' }]);
    expect(conflicts).toEqual([]);
    const [row] = await query('SELECT * FROM operations WHERE tenant_id = $1');
    expect(row).toMatchObject({
      verdict: 'applied',
      kind: 'check_out',
      effective_at: instantAt(1),
      sent_by: null,
    });
    expect(row?.['envelope']).toEqual(Buffer.from(pushedOf(operation).envelope));
  });

  test('[UP1] a repeat is answered as the first time and changes nothing', async () => {
    const { device, asset, event, send, ledger, query } = await start('repeat');
    const operations = [checkOut(device, asset, event), checkOut(device, asset, event)];
    const first = await send(operations);
    const before = await ledger();

    expect(await send(operations)).toEqual(first);
    expect(await send([operations[1] as Operation])).toEqual([first[1]]);
    expect(first.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['applied', null],
      ['superseded', 'already_there'],
    ]);
    expect(await ledger()).toEqual(before);
    expect(await query('SELECT id FROM operations WHERE tenant_id = $1')).toHaveLength(2);
  });

  test('[UP1] the same operation twice in one batch takes effect once', async () => {
    const { device, asset, event, send, ledger } = await start('twins');
    const operation = checkOut(device, asset, event);
    const [first, second] = await send([operation, operation]);
    expect(second).toEqual(first);
    expect((await ledger()).movements).toHaveLength(1);
  });

  test('[UP3] operations are decided in sequence, whatever their order in the batch', async () => {
    const { tenant, device, asset, event, send, ledger } = await start('sequence');
    const elsewhere = tenant.eventIds[1] as EventId;
    const first = checkOut(device, asset, event);
    const second = checkOut(device, asset, elsewhere, { recordedAt: instantAt(1) });
    const undo = device.record({ kind: 'undo', operationId: second.id }, { at: 3 });

    const outcomes = await send([undo, second, first]);
    expect(outcomes.map(({ id }) => id)).toEqual([undo.id, second.id, first.id]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['applied', 'conflicted', 'applied']);
    const { assets } = await ledger();
    expect(assets.find(({ id }) => id === asset)).toMatchObject({ place_id: event });
  });

  test('[UP4] what is recorded in the future happened when it was first received', async () => {
    const { device, asset, event, send, query } = await start('future');
    const operation = checkOut(device, asset, event, { recordedAt: instantAt(10 * 24 * 60) });
    await send([operation]);
    await send([operation]);
    expect(
      await query('SELECT effective_at, recorded_at, received_at FROM operations WHERE tenant_id = $1'),
    ).toEqual([
      {
        effective_at: instantAt(24 * 60),
        received_at: instantAt(24 * 60),
        recorded_at: operation.recordedAt,
      },
    ]);
  });

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

  test('[UP12] gaps are recorded, and closed when the numbers come', async () => {
    const { device, asset, event, send, query } = await start('gaps');
    const operations = Array.from({ length: 6 }, () => checkOut(device, asset, event));
    const pick = (...numbers: number[]) => numbers.map((number) => operations[number - 1] as Operation);
    const progress = () => query('SELECT last_sequence, gaps FROM device_progress WHERE tenant_id = $1');

    await send(pick(1, 5));
    expect(await progress()).toEqual([{ last_sequence: 5, gaps: [[2, 4]] }]);
    await send(pick(3, 6));
    expect(await progress()).toEqual([
      {
        last_sequence: 6,
        gaps: [
          [2, 2],
          [4, 4],
        ],
      },
    ]);
    await send(pick(4, 2));
    expect(await progress()).toEqual([{ last_sequence: 6, gaps: [] }]);
  });

  test('[UP12] what a newer app wrote leaves no gap, damaged bytes do', async () => {
    const { device, asset, event, send, query } = await start('gaps-of-poison');
    const first = checkOut(device, asset, event);
    const newer = checkOut(device, asset, event, { schemaVersion: 99 });
    const damaged = { id: checkOut(device, asset, event).id, envelope: Uint8Array.of(255) };
    await send([first, newer, damaged, checkOut(device, asset, event)]);
    expect(await query('SELECT last_sequence, gaps FROM device_progress WHERE tenant_id = $1')).toEqual([
      { last_sequence: 4, gaps: [[3, 3]] },
    ]);
  });

  test('[UP13] each batch tells how the device is', async () => {
    const { tenant, device, deviceId, asset, event, query } = await start('report');
    const send = (operation: Operation, queueLength: number, appVersion: string) =>
      applyBatch({ store: createPostgresBatchStore(database.pool), clock: testClock }, tenant.caller, {
        deviceId,
        operations: [pushedOf(operation)],
        report: { ...testReport, queueLength, appVersion, oldestWaitingAt: instantAt(queueLength) },
      });
    await send(checkOut(device, asset, event, { clockOffsetMs: 250 }), 12, '1.0');
    await send(checkOut(device, asset, event, { clockOffsetMs: null }), 3, '1.1');
    expect(
      await query(
        `SELECT queue_length, oldest_waiting_at, app_version, clock_offset_ms, last_contact_at, recorded_sequence
           FROM device_progress WHERE tenant_id = $1`,
      ),
    ).toEqual([
      {
        queue_length: 3,
        oldest_waiting_at: instantAt(3),
        app_version: '1.1',
        clock_offset_ms: 250,
        last_contact_at: instantAt(24 * 60),
        recorded_sequence: 2,
      },
    ]);
  });

  test('[UP14] the audit trail shows what each operation of a batch did to a row, and by whom', async () => {
    const { tenant, device, asset, event, send, query, userId, otherUserId, deviceId } = await start('audit');
    const elsewhere = tenant.eventIds[1] as EventId;
    const first = checkOut(device, asset, event);
    const second = checkOut(device, asset, elsewhere, { recordedBy: otherUserId });
    const undo = device.record({ kind: 'undo', operationId: second.id });
    await send([first, second, undo]);

    const trail = await query(
      `SELECT table_name, row_id, action, operation_id, user_id, device_id, changes -> 'place_id' -> 1 AS place_id
       FROM audit_log WHERE tenant_id = $1 AND device_id IS NOT NULL ORDER BY id`,
    );
    const by = (operation: Operation, recordedBy: UserId) => ({
      operation_id: operation.id,
      user_id: recordedBy,
      device_id: deviceId,
    });
    const conflictId = `double_check_out:${first.id}:0:${second.id}:0`;
    expect(trail.filter((row) => row['table_name'] === 'assets')).toEqual([
      { table_name: 'assets', row_id: asset, action: 'update', place_id: event, ...by(first, userId) },
      {
        table_name: 'assets',
        row_id: asset,
        action: 'update',
        place_id: elsewhere,
        ...by(second, otherUserId),
      },
      { table_name: 'assets', row_id: asset, action: 'update', place_id: event, ...by(undo, userId) },
    ]);
    expect(trail.filter((row) => row['table_name'] === 'conflicts')).toEqual([
      {
        table_name: 'conflicts',
        row_id: conflictId,
        action: 'insert',
        place_id: null,
        ...by(second, otherUserId),
      },
      { table_name: 'conflicts', row_id: conflictId, action: 'delete', place_id: null, ...by(undo, userId) },
    ]);
    // Facts say so themselves.
    expect(trail.filter((row) => row['table_name'] === 'movements')).toEqual([]);
    const facts = await query(
      'SELECT operation_id, recorded_by AS user_id, device_id FROM movements WHERE tenant_id = $1 ORDER BY sequence',
    );
    expect(facts).toEqual([by(first, userId), by(second, otherUserId), by(undo, userId)]);
  });

  test('[UP15] what people without the right did stands and is marked', async () => {
    const { tenant, device, asset, event, deviceId, otherUserId, ledger, query } = await start('rights');
    const blocked = tenant.assetIds[1] as AssetId;
    const own = checkOut(device, asset, event);
    const ofColleague = checkOut(device, blocked, event, { recordedBy: otherUserId });
    const refused = checkOut(device, asset, uuidOf('no event') as EventId);
    const withoutRight = { ...tenant.caller, permissions: [] };
    expect(await push(database.pool, withoutRight, deviceId, [own, ofColleague, refused])).toMatchObject([
      { verdict: 'applied', reason: 'no_permission' },
      { verdict: 'applied', reason: null },
      { verdict: 'refused', reason: 'unknown_event' },
    ]);
    expect((await ledger()).movements).toHaveLength(2);

    await query(`UPDATE users SET deactivated_at = now() WHERE tenant_id = $1 AND email LIKE 'user2@%'`);
    const late = checkOut(device, blocked, tenant.eventIds[1] as EventId, { recordedBy: otherUserId });
    expect(await push(database.pool, tenant.caller, deviceId, [late])).toMatchObject([
      { verdict: 'conflicted', reason: 'no_permission' },
    ]);
  });

  test('[UP16] what a colleague did on the shared tablet names both', async () => {
    const { device, asset, event, send, query, userId, otherUserId } = await start('shared-tablet');
    await send([checkOut(device, asset, event, { recordedBy: otherUserId }), checkOut(device, asset, event)]);
    expect(
      await query('SELECT recorded_by, sent_by FROM operations WHERE tenant_id = $1 ORDER BY sequence'),
    ).toEqual([
      { recorded_by: otherUserId, sent_by: userId },
      { recorded_by: userId, sent_by: null },
    ]);
  });

  test('a code without a label is kept as a sighting, and taken back only by its own device', async () => {
    const { tenant, device, event, send, ledger, otherDeviceId, otherUserId } = await start('unknown-code');
    const unknown = { code: 'X-1', assetId: null, observed: null };
    const sighting = device.record({
      kind: 'check_out',
      asset: unknown,
      eventId: event,
      overrideReason: null,
    });
    expect(await send([sighting])).toMatchObject([{ verdict: 'conflicted', reason: 'unknown_code' }]);
    expect((await ledger()).conflicts).toMatchObject([{ code: 'X-1', operation_id: sighting.id }]);

    const other = createTestDevice(otherDeviceId, otherUserId);
    const theirUndo = other.record({ kind: 'undo', operationId: sighting.id });
    expect(await push(database.pool, tenant.caller, otherDeviceId, [theirUndo])).toMatchObject([
      { verdict: 'refused', reason: 'nothing_to_undo' },
    ]);
    expect(await send([device.record({ kind: 'undo', operationId: sighting.id })])).toMatchObject([
      { verdict: 'applied' },
    ]);
    expect((await ledger()).conflicts).toEqual([]);
  });

  test('a code that the device did not know is looked up among labels, then among the own codes of assets', async () => {
    const { tenant, device, event, send, ledger } = await start('label');
    const label = (value: string, assetId: AssetId | undefined) =>
      database.ownerPool.query(
        'INSERT INTO labels (tenant_id, id, value, asset_id) VALUES ($1, gen_random_uuid(), $2, $3)',
        [tenant.tenantId, value, assetId],
      );
    await label('QR-1', tenant.assetIds[1]);
    // A label that was put on another asset since.
    await label('A-4', tenant.assetIds[2]);
    const checkOut = (code: string) =>
      device.record({
        kind: 'check_out',
        asset: { code, assetId: null, observed: null },
        eventId: event,
        overrideReason: null,
      });
    expect(await send(['A-3', 'QR-1', 'A-4'].map(checkOut))).toMatchObject([
      { verdict: 'applied' },
      { verdict: 'applied' },
      { verdict: 'applied' },
    ]);
    const moved = (await ledger()).movements.map(({ asset_id }) => asset_id);
    expect(new Set(moved)).toEqual(new Set([3, 1, 2].map((index) => tenant.assetIds[index])));
  });
});

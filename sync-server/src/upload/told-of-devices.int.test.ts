import type { AssetId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyBatch } from './apply-batch.ts';
import { createPostgresBatchStore } from './postgres-batch-store.ts';
import { instantAt, pushedOf } from './testing/test-device.ts';
import {
  openUploadDatabase,
  push,
  testClock,
  testReport,
  type UploadDatabase,
} from './testing/upload-database.ts';
import { uuidOf } from './testing/upload-tenant.ts';
import { checkOut, openTrial } from './testing/upload-trial.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
const start = (name: string) => openTrial(database, name);

describe('what is told of devices and people', () => {
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
      // Whoever sends it vouches for no more than they may do themselves.
      { verdict: 'applied', reason: 'no_permission' },
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
});

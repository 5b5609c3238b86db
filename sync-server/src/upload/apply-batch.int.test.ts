import type { AssetId, EventId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDevice, instantAt, pushedOf } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { checkOut, openTrial } from './testing/upload-trial.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());
const start = (name: string) => openTrial(database, name);

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

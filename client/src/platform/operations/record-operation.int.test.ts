import { decodeOperation } from '@eventkit/proto/operation-codec.ts';
import type { DeviceId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna, assetIdOf, checkOut, fair, gala, newStock } from '#platform/testing/test-stock.ts';
import { recordOperation } from './record-operation.ts';

describe('recording an operation', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3, caseCount: 2 }));
  });
  afterEach(() => device.close());

  it('shows the guess at once, over rows that stay as the server sent them', async () => {
    const recorded = await recordOperation(device.capabilities, checkOut(1, gala));

    expect(recorded).toMatchObject({ ok: true, value: { decision: { verdict: 'applied', reason: null } } });
    const placeOf = (table: string) =>
      device.replica.get(`SELECT place_kind, place_id FROM ${table} WHERE id = ?`, [assetIdOf(1)]);
    expect(await placeOf('assets_now')).toEqual({ place_kind: 'event', place_id: gala });
    expect(await placeOf('assets')).toMatchObject({ place_kind: 'location' });
    expect(await device.replica.getAll('SELECT state, kind FROM own_operations')).toEqual([
      { state: 'waiting', kind: 'check_out' },
    ]);
  });

  it('numbers without gaps and never stamps two operations alike', async () => {
    for (const number of [1, 2, 3]) await recordOperation(device.capabilities, checkOut(number, gala));
    const reopened = await device.reopen();
    await recordOperation(reopened.capabilities, checkOut(1, gala));

    const rows = await reopened.replica.getAll<{
      sequence: number;
      recorded_at: string;
      recorded_by: string;
    }>('SELECT sequence, recorded_at, recorded_by FROM outbox ORDER BY recorded_at');
    expect(rows.map((row) => row.sequence)).toEqual([1, 2, 3, 4]);
    expect(new Set(rows.map((row) => row.recorded_at)).size).toBe(4);
    expect(rows.every((row) => row.recorded_by === anna)).toBe(true);
    device = reopened;
  });

  it('stamps after everything it knows of the asset, whatever the clocks of others say', async () => {
    await recordOperation(device.capabilities, checkOut(1, gala));
    device.clock.setWall(0);
    const later = '2026-11-22T18:00:00.000007Z';
    await device.replica.execute('UPDATE movements_overlay SET effective_at = ?', [later]);
    const recorded = await recordOperation(device.capabilities, checkOut(1, fair));
    expect(recorded).toMatchObject({
      ok: true,
      value: { operation: { recordedAt: '2026-11-22T18:00:00.000008Z' } },
    });
  });

  it('keeps what the envelope says, byte for byte, with what it says in the clear', async () => {
    const recorded = await recordOperation(device.capabilities, checkOut(1, gala));
    const row = await device.replica.get<{ envelope: Uint8Array; operation: string }>('SELECT * FROM outbox');
    const decoded = decodeOperation(new Uint8Array(row.envelope));
    expect(decoded).toEqual({ ok: true, value: JSON.parse(row.operation) });
    expect(recorded).toMatchObject({ ok: true, value: { operation: JSON.parse(row.operation) } });
  });

  it('records nothing when the disk is full, says so, and goes on without a gap when there is room', async () => {
    await recordOperation(device.capabilities, checkOut(1, gala));
    const limitPages = (count: string) =>
      device.replica.writeLock((connection) => connection.execute(`PRAGMA max_page_count = ${count}`));
    await limitPages('1');
    const big = { ...checkOut(2, gala), overrideReason: 'x'.repeat(20_000) };
    expect(await recordOperation(device.capabilities, big)).toMatchObject({
      ok: false,
      error: { tag: 'storage_full' },
    });
    const counts = () =>
      device.replica.get(`SELECT (SELECT count(*) FROM outbox) AS outbox,
        (SELECT count(*) FROM assets_overlay) AS guesses,
        (SELECT value FROM device_state WHERE key = 'last_sequence') AS last`);
    expect(await counts()).toEqual({ outbox: 1, guesses: 1, last: '1' });

    await limitPages('1000000');
    expect(await recordOperation(device.capabilities, big)).toMatchObject({
      ok: true,
      value: { operation: { sequence: 2 } },
    });
  });

  it('takes the list of the fullest truck, and nothing that is too large ever to be sent', async () => {
    const confirm = (things: number): Intent => ({
      kind: 'confirm_truck_pack',
      vehicleId: idOf(7, 1) as VehicleId,
      eventId: gala,
      contents: Array.from({ length: things }, (_, index) => assetIdOf(index + 1)),
      leftBehind: [],
    });
    expect(await recordOperation(device.capabilities, confirm(30_000))).toMatchObject({
      ok: false,
      error: { tag: 'storage_failed', problem: expect.stringContaining('more than can be sent') },
    });
    expect(await recordOperation(device.capabilities, confirm(10_000))).toMatchObject({
      ok: true,
      value: { operation: { sequence: 1 } },
    });
    const { envelope } = await device.replica.get<{ envelope: Uint8Array }>('SELECT envelope FROM outbox');
    expect(decodeOperation(new Uint8Array(envelope)).ok).toBe(true);
  });

  it('refuses to record for another device than the one whose numbers the replica holds', async () => {
    const identity = { ...device.capabilities.identity, deviceId: 'another' as DeviceId };
    const recorded = await recordOperation({ ...device.capabilities, identity }, checkOut(1, gala));
    expect(recorded).toMatchObject({ ok: false, error: { tag: 'storage_failed' } });
  });
});

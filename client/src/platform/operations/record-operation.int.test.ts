import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { anna, assetIdOf, checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
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
});

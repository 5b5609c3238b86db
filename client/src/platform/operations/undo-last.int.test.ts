import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { assetIdOf, ben, checkOut, gala, newStock, shelf } from '#platform/testing/test-stock.ts';
import { recordOperation } from './record-operation.ts';
import { undoLast } from './undo-last.ts';

describe('undo', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3 }));
  });
  afterEach(() => device.close());

  const longAgo = '2026-01-01T00:00:00.000000Z' as Instant;
  const placeOf = async (number: number) =>
    (
      await device.replica.get<{ place_id: string }>('SELECT place_id FROM assets_now WHERE id = ?', [
        assetIdOf(number),
      ])
    ).place_id;

  it('goes backwards, operation by operation, and leaves each of them in the log', async () => {
    for (const number of [1, 2]) {
      await recordOperation(device.capabilities, checkOut(number, gala));
      device.clock.advance(1_000);
    }
    expect(await undoLast(device.capabilities, longAgo)).toMatchObject({ ok: true });
    expect([await placeOf(1), await placeOf(2)]).toEqual([gala, shelf]);
    expect(await undoLast(device.capabilities, longAgo)).toMatchObject({ ok: true });
    expect([await placeOf(1), await placeOf(2)]).toEqual([shelf, shelf]);
    expect(await undoLast(device.capabilities, longAgo)).toEqual({
      ok: false,
      error: { tag: 'nothing_to_undo' },
    });
    const kinds = await device.replica.getAll<{ kind: string }>('SELECT kind FROM outbox ORDER BY sequence');
    expect(kinds.map(({ kind }) => kind)).toEqual(['check_out', 'check_out', 'undo', 'undo']);
  });

  it('takes back the sighting of an unknown code', async () => {
    const asset = { code: 'NOBODY-KNOWS', assetId: null, observed: null };
    await recordOperation(device.capabilities, { ...checkOut(1, gala), asset });
    expect(await undoLast(device.capabilities, longAgo)).toMatchObject({ ok: true });
    expect(await device.replica.getAll('SELECT * FROM conflicts_now')).toEqual([]);
  });

  it('touches nothing of another person, nor of an earlier sitting', async () => {
    const identity = { ...device.capabilities.identity, userId: ben };
    await recordOperation({ ...device.capabilities, identity }, checkOut(1, gala));
    expect(await undoLast(device.capabilities, longAgo)).toMatchObject({ ok: false });
    await recordOperation(device.capabilities, checkOut(2, gala));
    const later = '2026-11-22T13:00:00.000000Z' as Instant;
    expect(await undoLast(device.capabilities, later)).toMatchObject({ ok: false });
  });
});

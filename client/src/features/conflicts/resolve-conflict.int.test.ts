import type { ConflictId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset, scannedAssetOf } from '#platform/scanner/find-asset.ts';
import { alpina, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { CONFLICT_BY_ID, type ConflictRow, SIDES, type SideRow } from './conflict-queries.ts';
import { readConflicts, type ShownConflict, sidesOf } from './read-conflicts.ts';
import { meaningsOf, resolveConflict } from './resolve-conflict.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

async function find(code: string) {
  const asset = await findAsset(device.replica, unit(code).id);
  if (asset === null) throw new Error(`${code} is not here`);
  return asset;
}

/** Out to one event and then, by somebody who does not know of it, to another. */
async function doubleCheckOut(): Promise<ShownConflict> {
  const unaware = scannedAssetOf('A-0401', await find('A-0401'));
  for (const eventId of [alpina, winter]) {
    await device.recordOperation({ kind: 'check_out', asset: unaware, eventId, overrideReason: null });
  }
  return shown(`SELECT id FROM conflicts_now WHERE class = 'double_check_out'`);
}

async function shown(query: string): Promise<ShownConflict> {
  const { id } = await device.replica.get<{ id: ConflictId }>(query);
  const rows = await device.replica.getAll<ConflictRow>(CONFLICT_BY_ID, [id]);
  const [conflict] = readConflicts(rows, await device.replica.getAll<SideRow>(SIDES, [sidesOf(rows)]));
  if (conflict === undefined) throw new Error('no conflict');
  return conflict;
}

describe('saying what is true of a conflict', () => {
  it.each([
    ['stands', winter],
    ['other', alpina],
  ] as const)('%s: it is there, and the conflict is settled by it', async (meaning, eventId) => {
    const conflict = await doubleCheckOut();
    expect(meaningsOf(conflict)).toEqual(['stands', 'other']);
    const resolved = await resolveConflict(device, conflict, meaning);
    expect(resolved).toMatchObject({ ok: true, value: { decision: { verdict: 'applied' } } });
    expect((await find('A-0401')).state.place).toEqual({ kind: 'event', id: eventId });
    const settled = await shown(`SELECT id FROM conflicts_now WHERE class = 'double_check_out'`);
    expect(settled).toMatchObject({ status: 'settled', settledBy: { kind: 'resolve' } });
  });

  it('leaves a blocked thing out there, where only that can be said', async () => {
    const asset = scannedAssetOf('A-0401', await find('A-0401'));
    await device.recordOperation({ kind: 'quarantine', asset, reason: 'rattles' });
    await device.recordOperation({ kind: 'check_out', asset, eventId: winter, overrideReason: 'no other' });
    const conflict = await shown(`SELECT id FROM conflicts_now WHERE class = 'blocked_went_out'`);
    expect(meaningsOf(conflict)).toEqual(['stands']);
    await resolveConflict(device, conflict, 'stands');
    expect(await shown(`SELECT id FROM conflicts_now WHERE class = 'blocked_went_out'`)).toMatchObject({
      status: 'settled',
    });
    expect((await find('A-0401')).state).toMatchObject({ status: 'quarantined' });
  });

  it('is not for a code that nobody knows', async () => {
    const asset = { code: 'NO-SUCH', assetId: null, observed: null };
    await device.recordOperation({ kind: 'check_out', asset, eventId: winter, overrideReason: null });
    expect(meaningsOf(await shown(`SELECT id FROM conflicts_now WHERE class = 'unknown_code'`))).toEqual([]);
  });
});

import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset } from '#platform/scanner/find-asset.ts';
import { places, unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import type { JudgementForm, JudgementKind } from './judgement.ts';
import { onBoard, readBoard } from './read-board.ts';
import { judge } from './test-judge.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const say = (code: string, kind: JudgementKind, form?: Partial<JudgementForm>) =>
  judge(device, code, kind, form);

const columns = async () =>
  Object.fromEntries((await readBoard(device.replica)).map(({ code, column }) => [code, column]));

describe('the board', () => {
  it('has what is held back, in repair, due and lost, and drops it when it is seen to', async () => {
    expect(await columns()).toEqual({ 'M-0031': 'quarantined' });
    await say('A-0401', 'repair_start', { words: 'new lamp' });
    await say('A-0402', 'inspect', { words: 'earth', inspectionDueAt: instantOfMs(Date.UTC(2020, 1, 1)) });
    await say('A-0404', 'inspect', { words: 'earth', inspectionDueAt: instantOfMs(Date.UTC(2120, 1, 1)) });
    expect(await columns()).toEqual({
      'M-0031': 'quarantined',
      'A-0401': 'in_repair',
      'A-0402': 'inspection_due',
    });
    await say('A-0401', 'repair_done');
    await say('A-0402', 'inspect', { words: 'earth' });
    await say('M-0031', 'release');
    expect(await columns()).toEqual({});
  });

  it('lets go of a lost thing that is found where the books had it last', async () => {
    const asset = await findAsset(device.replica, unit('A-0401').id);
    if (asset === null) throw new Error('A-0401 is not here');
    const scanned = { code: asset.code, assetId: asset.id, observed: null };
    const locationId = places.binB42;
    await device.recordOperation({
      kind: 'check_in',
      asset: scanned,
      locationId,
      disposition: 'lost',
      note: null,
    });
    expect(await columns()).toEqual({ 'M-0031': 'quarantined', 'A-0401': 'lost' });
    expect((await readBoard(device.replica)).find(({ code }) => code === 'A-0401')?.placeId).toBe(locationId);
    await say('A-0401', 'found');
    expect(await columns()).toEqual({ 'M-0031': 'quarantined' });
  });

  it('tells where it lies and what was said of it, and is filtered by product, code and place', async () => {
    await say('A-0401', 'quarantine', { words: 'lamp flickers' });
    const things = await readBoard(device.replica);
    expect(things.find(({ code }) => code === 'A-0401')).toMatchObject({
      words: 'lamp flickers',
      placeName: 'B4-2',
      productName: 'Robe MegaPointe',
    });
    const codes = (text: string) => onBoard(things, text).map(({ code }) => code);
    expect(codes('mega b4-2')).toEqual(['A-0401']);
    expect(codes('m-0031')).toEqual(['M-0031']);
    expect(codes('nowhere')).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset, pointedOut, scannedByInput } from '#platform/scanner/find-asset.ts';
import { cases, places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { download } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { ben } from '#platform/testing/test-stock.ts';
import { readAsset } from './read-asset.ts';
import { readHistory } from './read-history.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

function scanned(code: string) {
  return { code, assetId: unit(code).id, observed: null };
}

async function checkOut(code: string) {
  const recorded = await device.recordOperation({
    kind: 'check_out',
    asset: scanned(code),
    eventId: winter,
    overrideReason: null,
  });
  if (!recorded.ok) throw new Error(recorded.error.problem);
  return recorded.value.operation.id;
}

describe('an asset', () => {
  it('is where its case is', async () => {
    await checkOut('C-031');
    expect(await readAsset(device.replica, unit('J-0002').id)).toMatchObject({
      place: { kind: 'event', name: 'Winterleuchten', caseCode: 'C-031' },
      asset: { cases: [{ id: cases.c031, code: 'C-031' }] },
      home: { kind: 'event', caseCode: 'C-031' },
      isPending: false,
    });
    expect(await readAsset(device.replica, cases.c031)).toMatchObject({
      contents: [{ code: 'J-0001' }, { code: 'J-0002' }, { code: 'J-0003' }, { code: 'J-0004' }],
      isPending: true,
    });
  });

  it('names its product and place', async () => {
    expect(await readAsset(device.replica, unit('A-0401').id)).toMatchObject({
      product: { name: 'Robe MegaPointe' },
      place: { kind: 'location', code: 'B4-2' },
    });
  });

  it('is null where this device does not hold it', async () => {
    expect(await readAsset(device.replica, idOf(24, 999_999) as typeof cases.c031)).toBeNull();
  });
});

describe('where it has been', () => {
  it('tells what happened, by whom, on which device, and what was taken back', async () => {
    const first = await checkOut('A-0401');
    device.clock.advance(60_000);
    await device.recordOperation({ kind: 'undo', operationId: first });
    device.clock.advance(60_000);
    await device.recordOperation({
      kind: 'check_in',
      asset: scanned('A-0401'),
      locationId: places.binB41,
      disposition: 'damaged',
      note: 'pan belt grinds',
    });
    expect(await readHistory(device.replica, unit('A-0401').id)).toMatchObject([
      {
        kind: 'check_in',
        placeName: 'B4-1',
        disposition: 'damaged',
        note: 'pan belt grinds',
        isPending: true,
      },
      { kind: 'undo', placeName: null },
      {
        kind: 'check_out',
        placeName: 'Winterleuchten',
        who: 'Anna',
        device: 'Dock 2 phone',
        isTakenBack: true,
      },
    ]);
  });

  it('tells a tick from a scan, and nothing of how where no label would be read anyway', async () => {
    const { replica, recordOperation } = device;
    const job = { eventId: winter, overrideReason: null };
    const asset = unit('A-0401').id;
    const ways = [
      { code: 'QR-77', assetId: null },
      { code: 'A-0401', assetId: asset },
    ] as const;
    for (const input of ways) {
      const found = await findAsset(replica, asset);
      const scanned = scannedByInput(input, input.code, found);
      device.clock.advance(60_000);
      await recordOperation({ kind: 'check_out', asset: scanned, ...job });
    }
    device.clock.advance(60_000);
    const found = await findAsset(replica, asset);
    if (found) await recordOperation({ kind: 'quarantine', asset: pointedOut(found), reason: 'rattles' });
    expect(await readHistory(replica, asset)).toMatchObject([
      { kind: 'quarantine', isByHand: false },
      { kind: 'check_out', isByHand: true },
      { kind: 'check_out', isByHand: false },
    ]);
  });

  it('keeps the order in which things happened and says what came late', async () => {
    const movement = (number: number, effectiveAt: string, receivedAt: string, toId: string) => ({
      id: `${idOf(30, number)}:0`,
      operation_id: idOf(30, number),
      asset_id: unit('A-0401').id,
      kind: 'check_in',
      effective_at: effectiveAt,
      device_id: idOf(9, 2),
      sequence: number,
      recorded_by: ben,
      to_kind: 'location',
      to_id: toId,
      disposition: 'ok',
      received_at: receivedAt,
    });
    const rows = [
      movement(1, '2026-11-22T10:00:00.000000Z', '2026-11-22T10:00:01.000000Z', places.binB41),
      movement(2, '2026-11-22T09:00:00.000000Z', '2026-11-22T11:00:00.000000Z', places.binB42),
    ];
    await download(device.replica, [{ table: 'movements', rows }]);
    expect(await readHistory(device.replica, unit('A-0401').id)).toMatchObject([
      { placeName: 'B4-1', lateMs: null, isPending: false, who: 'Ben', device: null },
      { placeName: 'B4-2', lateMs: 7_200_000 },
    ]);
  });
});

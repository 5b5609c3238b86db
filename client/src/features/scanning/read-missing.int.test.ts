import type { VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventLoad } from '#platform/scanner/read-event-load.ts';
import { alpina, newDepot, places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { readMissing } from './read-missing.ts';

const truck = idOf(41, 1) as VehicleId;

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice([...newDepot(), { table: 'vehicles', rows: [{ id: truck, code: 'T1' }] }]);
});
afterEach(() => device.close());

async function missing(near: (typeof places)[keyof typeof places] | null = null) {
  const { lines } = await readEventLoad(device.replica, winter);
  return readMissing(device.replica, winter, lines, near);
}

describe('what is missing', () => {
  it('says how many of what, and where they lie, through cases too', async () => {
    const lines = await missing();
    const pointe = lines.find((line) => line.productName === 'Robe MegaPointe');
    expect(pointe).toMatchObject({ missing: 3 });
    expect(pointe?.places).toMatchObject([
      { kind: 'location', code: 'B4-1', caseCode: null, count: 1 },
      { kind: 'location', code: 'B4-2', caseCode: null, count: 2 },
      { kind: 'location', code: 'K1-07', caseCode: 'C-040', count: 1 },
      { kind: 'away', eventName: 'Alpina', backAt: '2026-11-23T16:00:00.000000Z', count: 1 },
    ]);
    expect(lines.find((line) => line.productName === 'GLP JDC1')?.places).toMatchObject([
      { code: 'B4-1', caseCode: 'C-031', count: 4 },
    ]);
  });

  it('leaves out what may not go, and puts lines whose units are away last', async () => {
    const lines = await missing();
    expect(lines.find((line) => line.productName.startsWith('Chainmaster'))?.places).toMatchObject([
      { code: 'K1-07', count: 1 },
    ]);
    expect(lines.at(-1)).toMatchObject({ productName: 'd&b D80 rack', places: [{ kind: 'away' }] });
  });

  it('starts where the person is', async () => {
    const byK1 = await missing(places.binK107);
    expect(byK1[0]?.places[0]).toMatchObject({ code: 'K1-07' });
    const byB4 = await missing(places.binB42);
    expect(byB4[0]).toMatchObject({
      productName: 'Robe MegaPointe',
      places: [{ code: 'B4-2' }, { code: 'B4-1' }, {}, {}],
    });
  });

  it('counts what stands loaded for another event as away', async () => {
    await device.recordOperation({
      kind: 'load',
      asset: { code: 'C-031', assetId: unit('C-031').id, observed: null },
      vehicleId: truck,
      eventId: alpina,
      overrideReason: null,
    });
    const lines = await missing();
    expect(lines.find((line) => line.productName === 'GLP JDC1')?.places).toMatchObject([
      { kind: 'away', eventName: 'Alpina', count: 4 },
    ]);
  });

  it('shrinks with what goes out', async () => {
    await device.recordOperation({
      kind: 'check_out',
      asset: { code: 'C-031', assetId: unit('C-031').id, observed: null },
      eventId: winter,
      overrideReason: null,
    });
    expect((await missing()).map((line) => line.productName)).not.toContain('GLP JDC1');
  });
});

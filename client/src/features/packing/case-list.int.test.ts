import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset, scannedAssetOf } from '#platform/scanner/find-asset.ts';
import { readSubject, snapshotOf } from '#platform/scanner/read-subject.ts';
import { cases, newDepot, places, products, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { openCase, sayWhereItIs, sealCase } from './case-acts.ts';
import { packScanned } from './pack-scanned.ts';
import { differs, readCaseList } from './read-case-list.ts';
import { readTemplate } from './read-template.ts';
import { unpackThing } from './unpack-thing.ts';

const fourHeads = {
  table: 'case_template_lines',
  rows: [
    {
      id: idOf(51, 1),
      case_product_id: products.flightCase,
      product_id: products.jdc,
      quantity: 4,
      position: 1,
    },
    {
      id: idOf(51, 2),
      case_product_id: products.flightCase,
      product_id: products.cable,
      quantity: 1,
      position: 2,
    },
  ],
};

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice([...newDepot(), fourHeads]);
});
afterEach(() => device.close());

async function goOut(eventId: EventId) {
  const asset = await findAsset(device.replica, cases.c031);
  if (asset === null) throw new Error('C-031 is not here');
  const contents = snapshotOf(await readSubject(device.replica, asset));
  const scanned = scannedAssetOf(asset.code, asset);
  await device.recordOperation({
    kind: 'check_out',
    asset: scanned,
    eventId,
    overrideReason: null,
    ...contents,
  });
}

async function list() {
  const read = await readCaseList(device.replica, cases.c031);
  if (read === null) throw new Error('nothing is known of a list');
  return read;
}

describe('a case', () => {
  it('is as far as its template, and tells what is missing by name', async () => {
    expect(await readTemplate(device.replica, cases.c031, products.flightCase)).toMatchObject({
      insideCount: 4,
      wantedCount: 5,
      missing: [{ productName: 'CEE 63 A, 25 m', count: 1 }],
      surplusCount: 0,
    });
    expect(await readTemplate(device.replica, cases.c031, products.rack)).toBeNull();
  });

  it('that came back shows what differs from what went out with it, and each is said by a touch', async () => {
    expect(await readCaseList(device.replica, cases.c031)).toBeNull();
    await goOut(winter);
    expect(differs(await list())).toBe(false);
    for (const code of ['J-0001', 'J-0002', 'J-0003']) {
      await unpackThing(device, cases.c031, unit(code).id);
    }
    const back = await findAsset(device.replica, cases.c031);
    await device.recordOperation({
      kind: 'check_in',
      asset: scannedAssetOf('C-031', back),
      locationId: places.binB41,
      disposition: 'ok',
      note: null,
    });
    expect(await list()).toMatchObject({
      madeBy: 'check_out',
      eventName: 'Winterleuchten',
      missing: [{ code: 'J-0001' }, { code: 'J-0002' }, { code: 'J-0003' }],
    });
    await sayWhereItIs(device, cases.c031, unit('J-0001').id, { kind: 'inside' });
    await sayWhereItIs(device, cases.c031, unit('J-0002').id, { kind: 'lost' });
    await sayWhereItIs(device, cases.c031, unit('J-0003').id, { kind: 'at_event', eventId: winter });
    expect((await list()).missing.map(({ code }) => code)).toEqual(['J-0002', 'J-0003']);
    const statusOf = async (code: string) => (await findAsset(device.replica, unit(code).id))?.state;
    expect(await statusOf('J-0002')).toMatchObject({ status: 'lost' });
    expect(await statusOf('J-0003')).toMatchObject({ place: { kind: 'event', id: winter } });
  });

  it('that is sealed takes nothing until it is opened, and stays sealed while others change it', async () => {
    await sealCase(device, cases.c031);
    const job = { openCase: { id: cases.c031, code: 'C-031', productName: '' }, nests: false };
    const held = await packScanned(device, job, { code: 'K-0001', assetId: null });
    expect(held).toMatchObject({
      ok: true,
      value: { report: { outcome: 'blocked', detail: { why: 'sealed' } } },
    });
    await unpackThing(device, cases.c031, unit('J-0001').id);
    expect((await findAsset(device.replica, cases.c031))?.state.sealedBy).not.toBeNull();
    expect(await list()).toMatchObject({ madeBy: 'seal', missing: [{ code: 'J-0001' }] });
    await openCase(device, cases.c031);
    const packed = await packScanned(device, job, { code: 'K-0001', assetId: null });
    expect(packed).toMatchObject({ ok: true, value: { report: { outcome: 'ok' } } });
  });
});

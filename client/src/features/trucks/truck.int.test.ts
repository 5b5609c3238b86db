import type { AssetId, PullListLineId, UserId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDepot, places, products, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { putOnList } from '#platform/surplus/put-on-list.ts';
import { leaveBehind, readUnitsOut } from '#platform/surplus/stand-in.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna } from '#platform/testing/test-stock.ts';
import { confirmTruck, dispatchTruck } from './confirm-truck.ts';
import { readFleet } from './read-fleet.ts';
import { readTruck } from './read-truck.ts';
import { readUnloading } from './read-unload.ts';
import { scanTruck, type TruckJob } from './scan-truck.ts';
import type { TruckReport } from './truck-detail.ts';
import type { Truck } from './truck-view.ts';

const truckId = idOf(41, 1) as VehicleId;
const fleet = {
  table: 'vehicles',
  rows: [{ id: truckId, code: 'T1', name: 'Truck 1', plate: 'LL-482KT', payload_grams: 5_600_000 }],
};

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice([...newDepot(), fleet]);
});
afterEach(() => device.close());

async function scan(code: string, more: Partial<TruckJob> = {}) {
  const { replica, recordOperation } = device;
  const job = {
    kind: 'load',
    vehicleId: truckId,
    eventId: winter,
    overrideReason: null,
    ...more,
  } as TruckJob;
  const capabilities = { replica, recordOperation, userId: anna as UserId };
  const answer = await scanTruck(capabilities, job, { code, assetId: null });
  if (!answer.ok) throw new Error(answer.error.problem);
  return answer.value.kind === 'report' ? answer.value.report : answer.value.place;
}

const unload = (code: string, place: Place) => scan(code, { kind: 'unload', place } as Partial<TruckJob>);

async function truck(): Promise<Truck> {
  const read = await readTruck(device.replica, truckId, winter);
  if (read === null) throw new Error('the truck is not here');
  return read;
}

describe('loading a truck', () => {
  it('counts what is on board against the list, cases with what is in them', async () => {
    expect(await scan('A-0401')).toMatchObject({ outcome: 'ok', detail: { kind: 'moved' } });
    expect(await scan('C-031')).toMatchObject({ outcome: 'ok', detail: { contentCount: 4 } });
    const now = await truck();
    expect(now).toMatchObject({ loadedCount: 5, wantedCount: 10, otherCount: 0, unweighedCount: 6 });
    expect(now.aboard.map(({ code }) => code).sort()).toEqual(['A-0401', 'C-031']);
    expect(now.contents).toHaveLength(6);
    expect(now.notAboard).toContainEqual(
      expect.objectContaining({ productName: 'Robe MegaPointe', count: 2 }),
    );
    expect(await device.intents()).toMatchObject([
      { kind: 'load', eventId: winter, asset: { observed: { place: { kind: 'location' } } } },
      { kind: 'load', contents: [1, 2, 3, 4].map((n) => unit(`J-000${n}`).id) },
    ]);
  });

  it('offers for what is too much what the check-out offers: a line of its own, or one that stays behind', async () => {
    await scan('K-0001');
    const { outcome, detail } = (await scan('K-0002')) as TruckReport;
    expect(outcome).toBe('wrong_event');
    if (detail.kind !== 'wrong_event') throw new Error(`it is ${detail.kind}`);
    const { assetId, toList, productId } = detail;
    expect(detail).toMatchObject({ why: 'line_full', productId: products.cable });
    if (!toList || !productId) throw new Error('it has nowhere to go');
    const units = await readUnitsOut(device.replica, winter, { productId, assetId });
    expect(units.map(({ code }) => code)).toEqual(['K-0001']);
    const [first] = units;
    if (first) await leaveBehind(device, first, { disposition: 'ok', note: 'K-0002 went instead' });
    expect((await truck()).aboard.map(({ code }) => code)).toEqual(['K-0002']);
    const wanted = (await truck()).wantedCount;
    const { replica, recordOperation, capabilities } = device;
    await putOnList({ replica, recordOperation, newId: capabilities.newId }, winter, toList);
    expect((await truck()).wantedCount).toBe(wanted + 1);
  });

  it('counts what stands in for something else on the line that it fills', async () => {
    await scan('K-0001');
    await scan('K-0002');
    const [line] = await device.replica.getAll<{ id: PullListLineId }>(
      'SELECT id FROM pull_list_lines_now WHERE product_id = ?',
      [products.pointe],
    );
    const before = await truck();
    await device.recordOperation({
      kind: 'fill_line',
      assetId: unit('K-0002').id,
      eventId: winter,
      lineId: line?.id ?? null,
    });
    const now = await truck();
    expect(now.loadedCount).toBe(before.loadedCount + 1);
    const missing = ({ notAboard }: Truck) =>
      notAboard.find(({ productId }) => productId === products.pointe)?.count;
    expect([missing(before), missing(now)]).toEqual([3, 2]);
  });

  it('holds what is blocked until it is set aside or taken with a reason', async () => {
    expect(await scan('M-0031')).toMatchObject({ outcome: 'blocked', operationId: null });
    expect(await scan('M-0031', { overrideReason: 'no other left' })).toMatchObject({ outcome: 'ok' });
    expect((await truck()).aboard).toHaveLength(1);
  });

  it('says what is on board already, for another event, or on no list', async () => {
    await scan('A-0401');
    expect(await scan('A-0401')).toMatchObject({ outcome: 'already', detail: { by: { isYou: true } } });
    expect(await scan('A-0405')).toMatchObject({ outcome: 'wrong_event', detail: { why: 'other_event' } });
    expect(await scan('X-1')).toMatchObject({ outcome: 'unknown', detail: { kind: 'no_label' } });
  });

  it('is told of each vehicle: how much, how heavy, for whom, and whether it is on its way', async () => {
    await scan('C-031');
    await dispatchTruck(device.recordOperation, await truck());
    expect(await readFleet(device.replica)).toMatchObject([
      { name: 'Truck 1', unitCount: 5, eventNames: ['Winterleuchten'], onRoadSince: expect.any(String) },
    ]);
  });
});

describe('a confirmed truck', () => {
  it('keeps its list, and shows what came on afterwards until somebody confirms again', async () => {
    await scan('A-0401');
    const leftBehind = (await truck()).notAboard.map(({ productId, count }) => ({
      productId,
      count,
      why: 'follows' as const,
    }));
    await confirmTruck(device.recordOperation, await truck(), leftBehind);
    await scan('A-0402');
    const { confirmation } = await truck();
    expect(confirmation).toMatchObject({
      listCount: 1,
      contents: [unit('A-0401').id] satisfies AssetId[],
      changes: [{ kind: 'load', code: 'A-0402' }],
      witnesses: [],
    });
    expect(confirmation?.listMark).toMatch(/^[0-9A-F]{4}$/);
    expect(confirmation?.leftBehind).toHaveLength(leftBehind.length);
    const open = () =>
      device.replica.getAll("SELECT id FROM conflicts_now WHERE class = 'truck_changed' AND status = 'open'");
    expect(await open()).toHaveLength(1);
    await confirmTruck(device.recordOperation, await truck(), []);
    expect(await open()).toEqual([]);
    expect((await truck()).confirmation?.witnesses).toMatchObject([{ isSameList: false }]);
  });

  it('ends its trip when it is unloaded at the event', async () => {
    await scan('A-0401');
    await confirmTruck(device.recordOperation, await truck(), []);
    const unloading = await readUnloading(device.replica, truckId);
    expect(unloading?.places[0]).toMatchObject({ kind: 'event', id: winter });
    expect(await unload('A-0401', { kind: 'event', id: winter })).toMatchObject({ outcome: 'ok' });
    expect(await truck()).toMatchObject({ aboard: [], confirmation: null });
  });
});

describe('unloading at home', () => {
  it('takes the label of a place as where things go, and puts them there', async () => {
    await scan('A-0401');
    const dock: Place = { kind: 'location', id: places.binK107 };
    expect(await unload('A-0401', dock)).toMatchObject({ outcome: 'ok' });
    expect(await unload('A-0401', dock)).toMatchObject({ outcome: 'already' });
    expect((await device.intents()).at(-1)).toMatchObject({ kind: 'unload', eventId: winter, place: dock });
  });
});

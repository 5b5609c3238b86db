import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventLoad } from '#platform/scanner/read-event-load.ts';
import { alpina, places, products, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { putOnList } from '#platform/surplus/put-on-list.ts';
import { readToList } from '#platform/surplus/read-to-list.ts';
import { leaveBehind, linesLacking, readUnitsOut } from '#platform/surplus/stand-in.ts';
import { anna } from '#platform/testing/test-stock.ts';
import { scanOut } from './scan-out.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

async function scan(code: string) {
  const { replica, recordOperation } = device;
  const job = { eventId: winter, overrideReason: null };
  const report = await scanOut({ replica, recordOperation, userId: anna }, job, { code, assetId: null });
  if (!report.ok) throw new Error(report.error.problem);
  return report.value;
}

async function surplus(code: string) {
  const { outcome, detail } = await scan(code);
  if (outcome !== 'wrong_event' || detail.kind !== 'wrong_event') throw new Error(`${code} is ${outcome}`);
  return detail;
}

const load = () => readEventLoad(device.replica, winter);
const lineOf = async (product: ProductId) =>
  (await load()).lines.filter(({ productId }) => productId === product);

describe('a thing that the list has no room for', () => {
  it('goes on the list as a line of its own, behind the others, and is surplus no more', async () => {
    await scan('K-0001');
    const { why, toList, productId } = await surplus('K-0002');
    expect(why).toBe('line_full');
    expect(productId).toBe(products.cable);
    if (!toList) throw new Error('it has nowhere to go');
    expect(toList).toMatchObject({ productId: products.cable, count: 1 });
    const { replica, recordOperation } = device;
    const newId = device.capabilities.newId;
    const recorded = await putOnList({ replica, recordOperation, newId }, winter, toList);
    expect(await lineOf(products.cable)).toMatchObject([
      { wantedCount: 1, outCount: 1 },
      { wantedCount: 1, outCount: 1 },
    ]);
    expect((await load()).lines.at(-1)).toMatchObject({ productId: products.cable });
    if (recorded.ok) await recordOperation({ kind: 'undo', operationId: recorded.value.operation.id });
    expect(await lineOf(products.cable)).toMatchObject([{ wantedCount: 1, outCount: 2 }]);
  });

  it('goes instead of something else: the line that lacks it counts it, until that is taken back', async () => {
    await scan('K-0001');
    const { assetId, productId } = await surplus('K-0002');
    const lacking = linesLacking(await load(), productId ?? products.cable);
    expect(lacking.map((line) => line.productName)).toContain('Robe MegaPointe');
    expect(lacking.map((line) => line.productId)).not.toContain(products.cable);
    const [line] = lacking.filter((one) => one.productId === products.pointe);
    if (!line) throw new Error('no line lacks anything');
    const recorded = await device.recordOperation({
      kind: 'fill_line',
      assetId,
      eventId: winter,
      lineId: line.lineId,
    });
    expect(await lineOf(products.pointe)).toMatchObject([{ wantedCount: 3, outCount: 1 }]);
    expect(await lineOf(products.cable)).toMatchObject([{ wantedCount: 1, outCount: 1 }]);
    if (recorded.ok) {
      await device.recordOperation({ kind: 'undo', operationId: recorded.value.operation.id });
    }
    expect(await lineOf(products.pointe)).toMatchObject([{ outCount: 0 }]);
    expect(await lineOf(products.cable)).toMatchObject([{ outCount: 2 }]);
  });

  it('goes instead of another one of its product, which stays behind where it came from', async () => {
    await scan('K-0001');
    const { assetId } = await surplus('K-0002');
    const units = await readUnitsOut(device.replica, winter, { productId: products.cable, assetId });
    expect(units).toEqual([
      { id: unit('K-0001').id, code: 'K-0001', locationId: places.binK107, locationCode: 'K1-07' },
    ]);
    const [first] = units;
    if (!first) throw new Error('none is out');
    await leaveBehind(device, first, { disposition: 'damaged', note: 'K-0002 went instead' });
    expect(await lineOf(products.cable)).toMatchObject([{ wantedCount: 1, outCount: 1 }]);
    expect((await device.intents()).at(-1)).toMatchObject({
      kind: 'check_in',
      asset: { assetId: unit('K-0001').id, isByHand: true },
      disposition: 'damaged',
      note: 'K-0002 went instead',
    });
  });

  it('goes on no list where the event has none, or where a case holds surplus of several products', async () => {
    const one = { productId: products.cable, why: 'not_on_list' } as const;
    const other = { productId: products.rack, why: 'not_on_list' } as const;
    expect(await readToList(device.replica, winter, [one, one])).toMatchObject({ count: 2 });
    expect(await readToList(device.replica, winter, [one, other])).toBeNull();
    expect(await readToList(device.replica, winter, [])).toBeNull();
    expect(await readToList(device.replica, alpina, [one])).toBeNull();
  });
});

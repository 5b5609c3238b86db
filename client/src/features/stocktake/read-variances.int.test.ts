import type { ProductId, StocktakeId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import { stateAt } from '@eventkit/shared/ledger/asset-track.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import type { CountedThing } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import {
  anna,
  assetIdOf,
  ben,
  checkOut,
  dock,
  gala,
  newAsset,
  newStock,
  scanOf,
  shelf,
} from '#platform/testing/test-stock.ts';
import { type CycleProduct, PRODUCTS_TO_CYCLE } from './cycle-products.ts';
import { needsSecondPerson, planApproval } from './plan-review.ts';
import { productsAt } from './read-scope.ts';
import { readVariances, type StocktakeReading } from './read-variances.ts';
import { shelvesOf } from './shelves-of.ts';
import { NOT_SEEN_AT_PLACE } from './stocktake-queries.ts';

const tape = idOf(6, 2) as ProductId;
const onShelf: Place = { kind: 'location', id: shelf };
const onDock: Place = { kind: 'location', id: dock };
const code = { code: '4006381', assetId: null, observed: null };
const things: CountedThing[] = [
  { kind: 'asset', assetId: assetIdOf(1) },
  { kind: 'asset', assetId: assetIdOf(3) },
  { kind: 'stock', productId: tape, place: onShelf },
];

describe('a stocktake against the books', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, [
      ...newStock({ assetCount: 3 }),
      { table: 'products', rows: [{ id: tape, name: 'Gaffer tape', tracking: 'consumable' }] },
    ]);
  });
  afterEach(() => device.close());

  const record = async (intent: Intent, userId: UserId = anna) => {
    const { capabilities } = device;
    const identity = { ...capabilities.identity, userId };
    const recorded = await recordOperation({ ...capabilities, identity }, intent);
    if (!recorded.ok) throw new Error(recorded.error.problem);
    return recorded.value;
  };
  const countAll = async (): Promise<StocktakeId> => {
    await record({ kind: 'count_bulk', productId: tape, place: onShelf, quantity: 10, note: null });
    const scope = { kind: 'zone', locationIds: [shelf] } as const;
    const opened = await record({ kind: 'open_stocktake', name: 'Autumn', scope, isBlind: true });
    const stocktakeId = opened.operation.id as string as StocktakeId;
    const seen = { kind: 'count_asset', stocktakeId, method: 'scan' } as const;
    await record({ ...seen, asset: scanOf(1), place: onDock });
    await record({ ...seen, asset: scanOf(2), place: onShelf });
    await record({ ...seen, asset: code, place: onShelf });
    await record({ kind: 'count_quantity', stocktakeId, productId: tape, place: onShelf, quantity: 7 });
    return stocktakeId;
  };
  const read = async (id: StocktakeId): Promise<StocktakeReading> => {
    const reading = await readVariances(
      device.replica,
      id,
      instantOfMs(device.capabilities.clock.nowMs() + 60_000),
    );
    if (reading === null) throw new Error('no such stocktake');
    return reading;
  };
  const outcomes = ({ variances }: StocktakeReading) =>
    Object.fromEntries(variances.map(({ thing, outcome }) => [nameOf(thing), outcome]));
  const asCounted = {
    [assetIdOf(1)]: 'wrong_place',
    [assetIdOf(2)]: 'found_here',
    [assetIdOf(3)]: 'missing',
    '4006381': 'unknown_code',
    [tape]: 'quantity',
  };
  const approve = async (id: StocktakeId) => {
    await record({ kind: 'close_stocktake', stocktakeId: id });
    const reason = 'counted twice';
    await record({
      kind: 'review_variance',
      stocktakeId: id,
      things,
      decision: 'accept',
      quantity: null,
      reason,
    });
    const reading = await read(id);
    const [approval] = planApproval(reading);
    if (approval === undefined) throw new Error('nothing to approve');
    return { reading, approval };
  };

  test('tells the outcomes of what was counted and what was not, and keeps what moves meanwhile right', async () => {
    const id = await countAll();
    expect(outcomes(await read(id))).toEqual(asCounted);
    await record(checkOut(2, gala));
    await record({
      kind: 'move_bulk',
      productId: tape,
      quantity: 2,
      from: onShelf,
      to: { kind: 'event', id: gala },
      disposition: null,
      note: null,
    });
    const after = await read(id);
    expect(outcomes(after)).toEqual(asCounted);
    const stock = after.variances.find(({ thing }) => thing.kind === 'stock');
    expect(stock).toMatchObject({ counted: 7, expectedQuantity: 10 });
  });

  test('a second person puts it into the books, as of the count; it stays told as it was', async () => {
    const id = await countAll();
    await record(checkOut(1, gala));
    const { reading, approval } = await approve(id);
    expect([needsSecondPerson(reading, anna), needsSecondPerson(reading, ben)]).toEqual([true, false]);
    const refused = await record(approval, anna);
    expect(refused.decision).toMatchObject({ verdict: 'refused', reason: 'second_person_needed' });
    const approved = await record(approval, ben);
    expect(approved.decision.verdict).toBe('applied');
    const rows = await device.replica.getAll<{ id: string; place_id: string; status: string }>(
      'SELECT id, place_id, status FROM assets_now ORDER BY id',
    );
    expect(rows.map(({ place_id, status }) => [place_id, status])).toEqual([
      [gala, 'in_service'],
      [shelf, 'in_service'],
      [shelf, 'lost'],
    ]);
    const stock = await device.replica.get<{ quantity: number }>('SELECT quantity FROM bulk_stock_now');
    expect(stock.quantity).toBe(7);
    const after = await read(id);
    expect(outcomes(after)).toEqual(asCounted);
    expect(after.variances.flatMap(({ news }) => news)).toEqual([]);
    expect(planApproval(after)).toEqual([]);
  });

  test('what comes late and is older than the count is told, and changes nothing by itself', async () => {
    const id = await countAll();
    const { reading, approval } = await approve(id);
    await record(approval, ben);
    const counted = reading.variances.find(({ outcome }) => outcome === 'wrong_place');
    const before = instantOfMs(msOf(counted?.asOf ?? instantOfMs(0)) - 60_000);
    await download(device.replica, [
      {
        table: 'movements',
        rows: [
          {
            id: 'late:0',
            operation_id: idOf(9, 1),
            asset_id: assetIdOf(1),
            kind: 'move',
            effective_at: before,
            device_id: idOf(9, 2),
            sequence: 1,
            recorded_by: ben,
            to_kind: 'location',
            to_id: dock,
            received_at: before,
          },
        ],
      },
    ]);
    const after = await read(id);
    const line = after.variances.find(({ id: one }) => one === counted?.id);
    expect(line).toMatchObject({ outcome: 'found_here', news: ['late_fact'] });
    expect(line?.line).toMatchObject({ adjustment: 'found', adjusted_id: dock, expected_id: shelf });
  });

  test('a cycle counts its products wherever they lie, and nothing else that lies there', async () => {
    const lamp = idOf(6, 3) as ProductId;
    await download(device.replica, [
      { table: 'products', rows: [{ id: lamp, name: 'Lamp', tracking: 'serialised' }] },
      { table: 'assets', rows: [lampOn(lamp, 7, shelf), lampOn(lamp, 8, dock)] },
    ]);
    await record({ kind: 'count_bulk', productId: tape, place: onShelf, quantity: 10, note: null });
    const scope = { kind: 'cycle', locationIds: [], productIds: [lamp] } as const;
    const opened = await record({ kind: 'open_stocktake', name: 'Lamps', scope, isBlind: false });
    const id = opened.operation.id as string as StocktakeId;
    const before = await read(id);
    expect(outcomes(before)).toEqual({ [assetIdOf(7)]: 'missing', [assetIdOf(8)]: 'missing' });
    expect(shelvesOf(before)).toEqual([
      { id: dock, code: 'D-1', counted: 0, expected: 1 },
      { id: shelf, code: 'S-1', counted: 0, expected: 1 },
    ]);
    expect(productsAt(before.scope, shelf)).toEqual([lamp]);
    const ticks = await device.replica.getAll<{ id: string }>(NOT_SEEN_AT_PLACE, [
      id,
      shelf,
      JSON.stringify([lamp]),
    ]);
    expect(ticks.map((row) => row.id)).toEqual([assetIdOf(7)]);
    await record({
      kind: 'count_asset',
      stocktakeId: id,
      asset: { code: 'A-0007', assetId: assetIdOf(7), observed: null },
      place: onShelf,
      method: 'scan',
    });
    expect(outcomes(await read(id))).toEqual({ [assetIdOf(7)]: 'found_here', [assetIdOf(8)]: 'missing' });
    const chosen = await device.replica.getAll<CycleProduct>(PRODUCTS_TO_CYCLE);
    expect(chosen.map(({ name, countedAt }) => [name, countedAt !== null])).toEqual([
      ['Gaffer tape', false],
      ['Lamp', true],
    ]);
  });

  test('a count after the close is marked as late, and makes the review void', async () => {
    const id = await countAll();
    await approve(id);
    await record({ kind: 'count_quantity', stocktakeId: id, productId: tape, place: onShelf, quantity: 6 });
    const stock = (await read(id)).variances.find(({ thing }) => thing.kind === 'stock');
    expect(stock).toMatchObject({ isLateCount: true, counted: 6 });
    expect(stock?.line?.decision).toBeNull();
  });
});

function lampOn(productId: ProductId, number: number, place: StorageLocationId) {
  const asset = newAsset(assetIdOf(number), `A-000${number}`);
  const baseline = { kind: 'location', id: place } as const;
  return rowOfAsset({ ...asset, productId, baseline, state: stateAt(baseline) });
}

function nameOf(thing: CountedThing): string {
  if (thing.kind === 'code') return thing.code;
  return thing.kind === 'asset' ? thing.assetId : thing.productId;
}

import type { AssetId, EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { AssetStatus, Place } from '@eventkit/shared/ledger/asset-state.ts';
import { stateAt } from '@eventkit/shared/ledger/asset-track.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna, ben, type TableRows } from '#platform/testing/test-stock.ts';

const locationId = (number: number) => idOf(21, number) as StorageLocationId;
const productId = (number: number) => idOf(22, number) as ProductId;
const assetId = (number: number) => idOf(24, number) as AssetId;

export const places = {
  hall: locationId(1),
  shelfB4: locationId(2),
  binB41: locationId(3),
  binB42: locationId(4),
  shelfK1: locationId(5),
  binK107: locationId(6),
} as const;

export const products = {
  pointe: productId(1),
  cable: productId(2),
  rack: productId(3),
  motor: productId(4),
  flightCase: productId(5),
  jdc: productId(6),
} as const;

export const winter = idOf(23, 1) as EventId;
export const alpina = idOf(23, 2) as EventId;

const at = (id: StorageLocationId): Place => ({ kind: 'location', id });
const on = (id: EventId): Place => ({ kind: 'event', id });
const inside = (id: AssetId): Place => ({ kind: 'case', id });

type Unit = {
  readonly id: AssetId;
  readonly code: string;
  readonly productId: ProductId;
  readonly place: Place;
  readonly isCase?: boolean;
  readonly status?: AssetStatus;
};

export const cases = { c031: assetId(31), c040: assetId(40) } as const;

/** What the depot holds, by the code on the label. */
export const units: readonly Unit[] = [
  { id: assetId(401), code: 'A-0401', productId: products.pointe, place: at(places.binB42) },
  { id: assetId(402), code: 'A-0402', productId: products.pointe, place: at(places.binB42) },
  { id: assetId(403), code: 'A-0403', productId: products.pointe, place: inside(cases.c040) },
  { id: assetId(404), code: 'A-0404', productId: products.pointe, place: at(places.binB41) },
  { id: assetId(405), code: 'A-0405', productId: products.pointe, place: on(alpina) },
  { id: cases.c031, code: 'C-031', productId: products.flightCase, place: at(places.binB41), isCase: true },
  { id: cases.c040, code: 'C-040', productId: products.flightCase, place: at(places.binK107), isCase: true },
  ...[1, 2, 3, 4].map((number) => ({
    id: assetId(500 + number),
    code: `J-000${number}`,
    productId: products.jdc,
    place: inside(cases.c031),
  })),
  { id: assetId(601), code: 'K-0001', productId: products.cable, place: at(places.binK107) },
  { id: assetId(602), code: 'K-0002', productId: products.cable, place: at(places.binK107) },
  { id: assetId(701), code: 'R-0001', productId: products.rack, place: on(alpina) },
  {
    id: assetId(831),
    code: 'M-0031',
    productId: products.motor,
    place: at(places.binB41),
    status: 'quarantined',
  },
  { id: assetId(834), code: 'M-0034', productId: products.motor, place: at(places.binK107) },
];

export function unit(code: string): Unit {
  const found = units.find((one) => one.code === code);
  if (!found) throw new Error(`the test depot has no ${code}`);
  return found;
}

/** A small depot with shelves in a tree, packed cases, one blocked motor, and an event that wants ten things. */
export function newDepot(): TableRows[] {
  return [
    rowsOf('storage_locations', [
      { id: places.hall, parent_id: null, kind: 'room', code: 'H', name: 'Hall' },
      { id: places.shelfB4, parent_id: places.hall, kind: 'shelf', code: 'B4', name: 'Shelf B4' },
      {
        id: places.binB41,
        parent_id: places.shelfB4,
        kind: 'bin',
        code: 'B4-1',
        name: 'Shelf B4, level 1',
      },
      {
        id: places.binB42,
        parent_id: places.shelfB4,
        kind: 'bin',
        code: 'B4-2',
        name: 'Shelf B4, level 2',
      },
      { id: places.shelfK1, parent_id: places.hall, kind: 'shelf', code: 'K1', name: 'Shelf K1' },
      {
        id: places.binK107,
        parent_id: places.shelfK1,
        kind: 'bin',
        code: 'K1-07',
        name: 'Shelf K1, bin 7',
      },
    ]),
    rowsOf('products', [
      { id: products.pointe, name: 'Robe MegaPointe' },
      { id: products.cable, name: 'CEE 63 A, 25 m' },
      { id: products.rack, name: 'd&b D80 rack' },
      { id: products.motor, name: 'Chainmaster D8+ 500 kg' },
      { id: products.flightCase, name: 'Flight case, 4 heads' },
      { id: products.jdc, name: 'GLP JDC1' },
    ]),
    rowsOf('events', [
      { id: winter, name: 'Winterleuchten', status: 'in_prep', load_at: '2026-11-22T16:30:00.000000Z' },
      { id: alpina, name: 'Alpina', status: 'out', return_at: '2026-11-23T16:00:00.000000Z' },
    ]),
    rowsOf('pull_lists', [{ id: idOf(25, 1), event_id: winter, name: 'Light' }]),
    rowsOf('pull_list_lines', [
      line(1, products.pointe, 3),
      line(2, products.jdc, 4),
      line(3, products.cable, 1),
      line(4, products.rack, 1),
      line(5, products.motor, 1),
    ]),
    rowsOf('users', [
      { id: anna, name: 'Anna' },
      { id: ben, name: 'Ben' },
    ]),
    rowsOf('devices', [{ id: idOf(9, 1), name: 'Dock 2 phone' }]),
    rowsOf('assets', units.map(assetRow)),
    rowsOf('labels', [
      label(900, 'QR-77', { asset_id: unit('A-0401').id }),
      label(901, 'B4-2', { location_id: places.binB42 }),
    ]),
  ];
}

/** Rows by the names of their columns; what a row leaves out is null. */
function rowsOf(
  table: string,
  rows: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[],
): TableRows {
  return { table, rows };
}

function line(position: number, product: ProductId, quantity: number) {
  return {
    id: idOf(26, position),
    pull_list_id: idOf(25, 1),
    event_id: winter,
    product_id: product,
    quantity,
    note: '',
    order_key: String(position),
  };
}

function label(
  number: number,
  value: string,
  target: { asset_id?: AssetId; location_id?: StorageLocationId },
) {
  return { id: idOf(27, number), value, asset_id: null, location_id: null, ...target };
}

function assetRow({ id, code, productId: product, place, isCase = false, status = 'in_service' }: Unit) {
  return rowOfAsset({
    id,
    productId: product,
    code,
    serial: null,
    isCase,
    baseline: place,
    state: { ...stateAt(place), status },
  });
}

import { stockIdOf } from '@eventkit/shared/bulk/stock-id.ts';
import { orderKeyBetween } from '@eventkit/shared/edits/order-key.ts';
import type { ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type {
  BulkStockRow,
  CompanyRows,
  OpeningRow,
  PullListLineRow,
  StorageLocationRow,
} from './demo-rows.ts';
import type { EventPlan } from './plan-events.ts';
import type { CountedStock } from './plan-stock.ts';

const DAY_MS = 86_400_000;
/** Before the first event of the demo's history. */
const OPENED_DAYS_AGO = 90;
/** Each product lies on two shelves, so that something can be moved. */
const SHELVES_PER_PRODUCT = 2;

/** What lies there before anybody scans: the first numbers of the bulk ledger, on the shelves of the cable room. */
export function planOpenings(
  counted: readonly CountedStock[],
  locations: readonly StorageLocationRow[],
  nowMs: number,
): Pick<CompanyRows, 'bulk_stock' | 'bulk_movements'> {
  const shelves = locations.filter(({ kind }) => kind === 'shelf');
  const cableRoom = shelves.filter(({ code }) => code.startsWith('K'));
  const from = cableRoom.length > 0 ? cableRoom : shelves;
  const openedAt = instantOfMs(nowMs - OPENED_DAYS_AGO * DAY_MS);
  const openings = counted.flatMap(({ product, quantity }, index) =>
    halves(quantity).flatMap((part, n) => {
      const shelf = from[(index * SHELVES_PER_PRODUCT + n) % from.length];
      return shelf === undefined ? [] : [{ product, shelf, quantity: part }];
    }),
  );
  const bulk_stock = openings.map(({ product, shelf, quantity }): BulkStockRow => {
    const place = { kind: 'location' as const, id: shelf.id as StorageLocationId };
    const id = stockIdOf(product.id as ProductId, place);
    return {
      id,
      product_id: product.id,
      place_kind: place.kind,
      place_id: place.id,
      quantity,
      last_movement_id: `opening:${id}`,
      last_moved_at: openedAt,
    };
  });
  return {
    bulk_stock,
    bulk_movements: bulk_stock.map(
      ({ id, quantity, last_movement_id }): OpeningRow => ({
        id: last_movement_id,
        stock_id: id,
        kind: 'opening',
        effective_at: openedAt,
        received_at: openedAt,
        quantity,
      }),
    ),
  };
}

function halves(quantity: number): [number, number] {
  const first = Math.ceil(quantity / 2);
  return [first, quantity - first];
}

/** The job that asks for loose pieces beside what has codes. */
const EVENT_WITH_BULK = 'Alpina AG Jahrestagung';

/** Lines for loose pieces at the end of one event's list: a tenth of what there is, twenty at most. */
export function planBulkLines(
  newId: () => string,
  { events, pullLists, lines }: EventPlan,
  counted: readonly CountedStock[],
): PullListLineRow[] {
  const event = events.find(({ row }) => row.name === EVENT_WITH_BULK)?.row;
  const list = pullLists.find(({ event_id }) => event_id === event?.id);
  if (event === undefined || list === undefined) return [];
  const before = lines.filter(({ event_id }) => event_id === event.id);
  let orderKey = before.at(-1)?.order_key ?? null;
  return counted.slice(0, 4).map(({ product, quantity }) => {
    orderKey = orderKeyBetween(orderKey, null);
    return {
      id: newId(),
      pull_list_id: list.id,
      event_id: event.id,
      product_id: product.id,
      quantity: Math.min(20, Math.ceil(quantity / 10)),
      note: '',
      order_key: orderKey,
    };
  });
}

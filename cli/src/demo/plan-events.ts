import { orderKeysFor } from '@eventkit/shared/edits/order-key.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { EventRow, PullListLineRow, PullListRow } from './demo-rows.ts';
import type { DemoEvent } from './event-list.ts';
import { localTimeMs } from './local-time.ts';
import type { Stock } from './plan-stock.ts';
import type { Random } from './random.ts';

export type PlannedLine = { readonly stock: Stock; readonly quantity: number };

export type PlannedEvent = {
  readonly row: EventRow;
  readonly loadMs: number;
  readonly returnMs: number;
  readonly lines: readonly PlannedLine[];
};

export type EventPlan = {
  readonly events: readonly PlannedEvent[];
  readonly pullLists: readonly PullListRow[];
  readonly lines: readonly PullListLineRow[];
};

/** Events with lists that the stock can serve: no product is wanted more often at once than there are pieces. */
export function planEvents(
  { random, newId }: { readonly random: Random; readonly newId: () => string },
  { timeZone, nowMs }: { readonly timeZone: string; readonly nowMs: number },
  list: readonly DemoEvent[],
  stocks: readonly Stock[],
): EventPlan {
  const bookings = createBookings();
  const events = list.map((event): PlannedEvent => {
    const [loadMs = 0, startMs = 0, endMs = 0, returnMs = 0] = event.at.map(([day, hour]) =>
      localTimeMs(timeZone, nowMs, day, hour),
    );
    const lines = chooseLines(random, event, stocks, (stock) => bookings.free(stock, loadMs, returnMs));
    for (const line of lines) bookings.add(line, loadMs, returnMs);
    const at = (ms: number): Instant => instantOfMs(ms);
    const row = {
      id: newId(),
      name: event.name,
      client_name: event.client,
      venue: event.venue,
      status: event.status,
      load_at: at(loadMs),
      starts_at: at(startMs),
      ends_at: at(endMs),
      return_at: at(returnMs),
    };
    return { row, loadMs, returnMs, lines };
  });
  const pullLists = events.map(({ row }) => ({ id: newId(), event_id: row.id, name: 'Packliste' }));
  return { events, pullLists, lines: events.flatMap((event, i) => linesOf(newId, event, pullLists[i])) };
}

function chooseLines(
  random: Random,
  event: DemoEvent,
  stocks: readonly Stock[],
  freeOf: (stock: Stock) => number,
): PlannedLine[] {
  const named = new Map(Object.entries(event.lines ?? {}));
  const lines = stocks.flatMap((stock): PlannedLine[] => {
    const quantity = Math.min(named.get(stock.product.name) ?? 0, freeOf(stock));
    return quantity > 0 ? [{ stock, quantity }] : [];
  });
  let missing = event.lineCount;
  for (const stock of random.shuffle(stocks)) {
    if (missing === 0) break;
    const most = Math.floor(freeOf(stock) * 0.35);
    if (most < 1 || named.has(stock.product.name)) continue;
    // Small jobs are common: the square makes little quantities likelier.
    lines.push({ stock, quantity: 1 + Math.floor(random.fraction() ** 2 * Math.min(most, 40)) });
    missing -= 1;
  }
  return lines;
}

function linesOf(
  newId: () => string,
  { row, lines }: PlannedEvent,
  pullList: PullListRow | undefined,
): PullListLineRow[] {
  if (pullList === undefined) throw new Error(`${row.name} has no pull list`);
  const orderKeys = orderKeysFor(lines.length);
  return lines.map(({ stock, quantity }, i) => ({
    id: newId(),
    pull_list_id: pullList.id,
    event_id: row.id,
    product_id: stock.product.id,
    quantity,
    note: '',
    order_key: orderKeys[i] ?? '',
  }));
}

type Bookings = {
  add(line: PlannedLine, fromMs: number, toMs: number): void;
  /** Pieces that no booked event holds at any moment of the span. */
  free(stock: Stock, fromMs: number, toMs: number): number;
};

function createBookings(): Bookings {
  const spansByProduct = new Map<string, { fromMs: number; toMs: number; quantity: number }[]>();
  return {
    add: ({ stock, quantity }, fromMs, toMs) => {
      const spans = spansByProduct.get(stock.product.id) ?? [];
      spansByProduct.set(stock.product.id, [...spans, { fromMs, toMs, quantity }]);
    },
    free: (stock, fromMs, toMs) => {
      const overlapping = (spansByProduct.get(stock.product.id) ?? []).filter(
        (span) => span.fromMs < toMs && fromMs < span.toMs,
      );
      // The most that is held at once is held at the beginning of some span.
      const held = overlapping.map(({ fromMs: atMs }) =>
        overlapping
          .filter((span) => span.fromMs <= atMs && atMs < span.toMs)
          .reduce((sum, { quantity }) => sum + quantity, 0),
      );
      return stock.quantity - Math.max(0, ...held);
    },
  };
}

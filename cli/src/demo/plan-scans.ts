import type { EventId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { CheckIn, CheckOut, Disposition, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { AssetRow } from './demo-rows.ts';
import type { PlannedEvent, PlannedLine } from './plan-events.ts';
import type { Random } from './random.ts';

/** Who scans with what: a device of its own for each. */
export type Scanner = { readonly userId: string; readonly deviceId: string; readonly epoch: string };

/** One scan of the past: when, by whom, of what, and what was meant. */
export type Scan = {
  readonly atMs: number;
  readonly scanner: Scanner;
  readonly asset: AssetRow;
  readonly intent: (scanned: ScannedAsset) => CheckOut | CheckIn;
};

const SECONDS_BETWEEN_SCANS = 6;
const CLOSED_WITH_HISTORY = 6;

/** What was scanned so far, in order of time; some of it may turn out impossible and is left out when recorded. */
export function planScans(
  random: Random,
  nowMs: number,
  assets: readonly AssetRow[],
  events: readonly PlannedEvent[],
  scanners: readonly Scanner[],
  quarantineId: string,
): Scan[] {
  const shelf = createShelf(assets);
  const closed = events
    .filter(({ row }) => row.status === 'closed')
    .sort((a, b) => b.loadMs - a.loadMs)
    .slice(0, CLOSED_WITH_HISTORY);
  const running = events.filter(({ row }) => row.status === 'out' || row.status === 'returning');
  const half = events.find(({ row }) => row.name === 'Adventkonzert');
  const scans: Scan[] = [];
  const outOf = (event: PlannedEvent, pieces: readonly AssetRow[], endMs: number) => {
    const scanner = random.pick(scanners);
    for (const [i, asset] of pieces.entries()) {
      const atMs = endMs - (pieces.length - i) * SECONDS_BETWEEN_SCANS * 1000 - random.integer(0, 3000);
      const eventId = event.row.id as EventId;
      const intent = (scanned: ScannedAsset): CheckOut => ({
        kind: 'check_out',
        asset: scanned,
        eventId,
        overrideReason: null,
      });
      scans.push({ atMs, scanner, asset, intent });
    }
  };
  // First what is still away, so that what came back is not out at the same time.
  for (const event of running) {
    outOf(
      event,
      event.lines.flatMap((line) => shelf.take(line)),
      event.loadMs - 20 * 60_000,
    );
  }
  if (half !== undefined) {
    const pieces = half.lines.flatMap((line) => shelf.take(line)).slice(0, 12);
    outOf(half, pieces, Math.min(half.loadMs - 2 * 3_600_000, nowMs - 15 * 60_000));
  }
  for (const event of closed) {
    const pieces = event.lines.flatMap((line) => shelf.borrow(line, 6));
    outOf(event, pieces, event.loadMs - 20 * 60_000);
    const scanner = random.pick(scanners);
    for (const [i, asset] of pieces.entries()) {
      const disposition = asset.is_case ? 'ok' : dispositionOf(random);
      const home = asset.baseline_kind === 'location' ? asset.baseline_id : quarantineId;
      const locationId = (disposition === 'ok' ? home : quarantineId) as StorageLocationId;
      const atMs = event.returnMs + i * SECONDS_BETWEEN_SCANS * 1000 + random.integer(0, 3000);
      const intent = (scanned: ScannedAsset): CheckIn => ({
        kind: 'check_in',
        asset: scanned,
        locationId,
        disposition,
        note: disposition === 'damaged' ? random.pick(DAMAGES) : null,
      });
      scans.push({ atMs, scanner, asset, intent });
    }
  }
  return scans.sort((a, b) => a.atMs - b.atMs);
}

const DAMAGES = [
  'Stecker locker',
  'Glas gesprungen',
  'Lüfter laut',
  'Kratzer, Funktion prüfen',
  'kein Signal',
];

function dispositionOf(random: Random): Disposition {
  const draw = random.fraction();
  return draw < 0.03 ? 'damaged' : draw < 0.036 ? 'lost' : 'ok';
}

type Shelf = {
  /** Whole cases while the line asks for as much as one holds, then single pieces; each is handed out once. */
  take(line: PlannedLine): AssetRow[];
  /** Single pieces that came back, at most `most`: others may have them again. */
  borrow(line: PlannedLine, most: number): AssetRow[];
};

/** Hands out the highest codes, so that the low ones lie ready for today. */
function createShelf(assets: readonly AssetRow[]): Shelf {
  const looseByProduct = Map.groupBy(
    assets.filter((asset) => !asset.is_case && asset.baseline_kind === 'location'),
    (asset) => asset.product_id,
  );
  const contentsByCase = Map.groupBy(
    assets.filter((asset) => asset.baseline_kind === 'case'),
    (asset) => asset.baseline_id,
  );
  const casesByContents = Map.groupBy(
    assets.filter((asset) => asset.is_case),
    (asset) => contentsByCase.get(asset.id)?.[0]?.product_id ?? '',
  );
  let borrowed = 0;
  return {
    take: ({ stock, quantity }) => {
      const taken: AssetRow[] = [];
      let missing = quantity;
      const cases = casesByContents.get(stock.product.id) ?? [];
      for (let last = cases.at(-1); last !== undefined; last = cases.at(-1)) {
        const held = contentsByCase.get(last.id)?.length ?? 0;
        if (held > missing) break;
        cases.pop();
        taken.push(last);
        missing -= held;
      }
      const loose = looseByProduct.get(stock.product.id) ?? [];
      return [...taken, ...loose.splice(Math.max(0, loose.length - missing), missing)];
    },
    borrow: ({ stock, quantity }, most) => {
      const loose = looseByProduct.get(stock.product.id) ?? [];
      const count = Math.min(quantity, most, loose.length);
      // Another stretch of the shelf each time, so that history spreads.
      borrowed += count;
      const from = loose.length === count ? 0 : borrowed % (loose.length - count);
      return loose.slice(from, from + count);
    },
  };
}

import { stockOfId } from '@eventkit/shared/bulk/stock-id.ts';
import type { AssetId, OperationId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus, Place } from '@eventkit/shared/ledger/asset-state.ts';
import { samePlace } from '@eventkit/shared/ledger/same-place.ts';
import { assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { isMissing, judgeSeen, type SeenOutcome } from '@eventkit/shared/stocktake/judge-seen.ts';
import { isLateCount, type LateNews, lateNewsOf } from '@eventkit/shared/stocktake/late-news.ts';
import { lineIdOf, lineOfId } from '@eventkit/shared/stocktake/line-id.ts';
import type { CountedThing, StocktakeScope } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { placeOf, type ReplicaReader } from '#platform/scanner/find-asset.ts';
import { type Books, readBooks } from './read-books.ts';
import { type ReadScope, readScope } from './read-scope.ts';

export type StocktakeRow = RowOf<'stocktakes'>;
type LineRow = RowOf<'count_lines'>;

/** What a line comes to beside the books. */
export type Outcome =
  | SeenOutcome
  | 'missing'
  | 'differs'
  | 'recount'
  | 'quantity'
  | 'as_counted'
  | 'not_counted';

/** One line of a stocktake, counted or not, with what the books had as of then. */
export type Variance = {
  readonly id: string;
  readonly thing: CountedThing;
  readonly outcome: Outcome;
  /** As of when it compares: the count, or the close (or now) for what nobody counted. */
  readonly asOf: Instant;
  readonly seen: Place | null;
  /** Seen through the cases around it. */
  readonly expected: { readonly place: Place | null; readonly status: AssetStatus } | null;
  /** As its row said it, for the adjustment to keep. */
  readonly observed: { readonly place: Place; readonly status: AssetStatus } | null;
  readonly counted: number | null;
  readonly expectedQuantity: number | null;
  readonly isLateCount: boolean;
  readonly news: readonly LateNews[];
  readonly line: LineRow | null;
};

export type StocktakeReading = {
  readonly stocktake: StocktakeRow;
  readonly scope: ReadScope;
  readonly variances: readonly Variance[];
};

/** [ST12] [ST13] [ST14] [ST15] Every line of a stocktake against the books of its instant; null where there is none. */
export async function readVariances(
  replica: ReplicaReader,
  stocktakeId: StocktakeId,
  now: Instant,
): Promise<StocktakeReading | null> {
  const stocktake = await replica.getOptional<StocktakeRow>(STOCKTAKE_BY_ID, [stocktakeId]);
  if (stocktake === null) return null;
  const closedAt = stocktake.closed_at as Instant | null;
  const until = closedAt ?? now;
  const lines = await replica.getAll<LineRow>(LINES_OF_STOCKTAKE, [stocktakeId]);
  const scope = await readScope(
    replica,
    JSON.parse(stocktake.scope ?? '{"kind":"full"}') as StocktakeScope,
    closedAt,
  );
  const countedStocks = lines.flatMap((line) => stockIdOfLine(line) ?? []);
  const books = await readBooks(replica, stocktakeId, {
    assetIds: [...scope.assetIds, ...lines.flatMap((line) => (line.asset_id as AssetId | null) ?? [])],
    stockIds: [...new Set([...scope.stockIds, ...countedStocks])],
    since: lines.reduce((first, { counted_at }) => min(first, counted_at), until),
    adjustedIds: new Set(lines.flatMap((line) => (line.adjustment === null ? [] : (line.asset_id ?? [])))),
  });
  const compared = lines.map((line) => compareLine(line, books, until, closedAt));
  const seenIds = new Set(
    lines.flatMap((line) => (line.state === 'counted' ? ((line.asset_id as AssetId | null) ?? []) : [])),
  );
  const lineIds = new Set(lines.map(({ id }) => id));
  return {
    stocktake,
    scope,
    variances: [
      ...compared.map((one) => (isUnseen(one) ? asMissing(one, books, scope, seenIds) : one)),
      ...unseenAssets(stocktakeId, books, scope, seenIds, lineIds, until),
      ...uncountedStocks(stocktakeId, books, scope, lineIds, until),
    ],
  };
}

function compareLine(line: LineRow, books: Books, until: Instant, closedAt: Instant | null): Variance {
  const { thing } = lineOfId(line.id);
  const asOf = (line.counted_at ?? until) as Instant;
  const common = {
    id: line.id,
    thing,
    asOf,
    line,
    isLateCount: isLateCount(line.counted_at as Instant | null, closedAt),
    seen: null,
    expected: null,
    observed: null,
    counted: null,
    expectedQuantity: null,
    news: [],
  };
  if (thing.kind === 'code') return { ...common, outcome: 'unknown_code', seen: seenOf(line) };
  if (thing.kind === 'asset') {
    const expected = books.expectedAt(thing.assetId, asOf);
    const state = books.stateAt(thing.assetId, asOf);
    const seen = seenOf(line);
    const row = books.assetsById.get(thing.assetId);
    const home = row === undefined ? null : assetOfRow(row).baseline;
    const outcome =
      seen === null ? (line.state as 'recount' | 'not_counted') : judgeSeen(seen, expected, home);
    const observed = state === null ? null : { place: state.place, status: state.status };
    return {
      ...common,
      outcome,
      seen,
      expected,
      observed,
      news: newsOfAsset(line, observed?.place ?? null, seen),
    };
  }
  const stockId = stockIdOfLine(line) ?? '';
  const expectedQuantity = books.quantityAt(stockId, asOf);
  const counted = line.quantity;
  const outcome = quantityOutcome(line, expectedQuantity);
  return { ...common, outcome, counted, expectedQuantity, news: newsOfStock(line, expectedQuantity) };
}

function quantityOutcome({ state, quantity }: LineRow, expected: number): Outcome {
  if (quantity === null) return state as 'differs' | 'recount' | 'not_counted';
  return quantity === expected ? 'as_counted' : 'quantity';
}

function newsOfAsset(line: LineRow, expected: Place | null, seen: Place | null): LateNews[] {
  if (line.adjustment === null) return [];
  const of = (kind: string | null, id: string | null) =>
    kind === null || id === null ? null : placeOf(kind as Place['kind'], id);
  const confirmed = {
    expected: of(line.expected_kind, line.expected_id),
    counted: line.adjustment === 'missing' ? null : of(line.adjusted_kind, line.adjusted_id),
  };
  const isSame = (a: Place | null, b: Place | null) =>
    a === b || (a !== null && b !== null && samePlace(a, b));
  return lateNewsOf({ confirmed, now: { expected, counted: seen } }, isSame);
}

function newsOfStock(line: LineRow, expected: number): LateNews[] {
  if (line.adjustment === null) return [];
  const confirmed = { expected: line.expected_quantity, counted: line.adjusted_quantity };
  return lateNewsOf({ confirmed, now: { expected, counted: line.quantity } }, (a, b) => a === b);
}

function isUnseen({ thing, seen }: Variance): boolean {
  return thing.kind === 'asset' && seen === null;
}

/** A line that was reviewed or asked for, of a thing that nobody saw (any more). */
function asMissing(
  variance: Variance,
  books: Books,
  scope: ReadScope,
  seenIds: ReadonlySet<AssetId>,
): Variance {
  if (variance.outcome === 'recount' || variance.thing.kind !== 'asset') return variance;
  const { assetId } = variance.thing;
  return isMissingNow(assetId, books, scope, seenIds, variance.asOf)
    ? { ...variance, outcome: 'missing' }
    : variance;
}

function isMissingNow(
  id: AssetId,
  books: Books,
  scope: ReadScope,
  seenIds: ReadonlySet<AssetId>,
  at: Instant,
): boolean {
  const expected = books.expectedAt(id, at);
  if (expected === null) return false;
  const product = books.assetsById.get(id)?.product_id ?? '';
  const reaches = (place: Place) =>
    place.kind === 'location' && (scope.locationIds.has(place.id) || scope.productIds.has(product));
  const caseAround = expected.caseIds.some((caseId) => seenIds.has(caseId));
  return isMissing(expected, reaches, { itself: seenIds.has(id), caseAround });
}

function unseenAssets(
  stocktakeId: StocktakeId,
  books: Books,
  scope: ReadScope,
  seenIds: ReadonlySet<AssetId>,
  lineIds: ReadonlySet<string>,
  at: Instant,
): Variance[] {
  return scope.assetIds.flatMap((assetId): Variance[] => {
    const thing: CountedThing = { kind: 'asset', assetId };
    const id = lineIdOf(stocktakeId, thing);
    if (lineIds.has(id) || !isMissingNow(assetId, books, scope, seenIds, at)) return [];
    const state = books.stateAt(assetId, at);
    const observed = state === null ? null : { place: state.place, status: state.status };
    const expected = books.expectedAt(assetId, at);
    return [{ ...nothingSaid, id, thing, outcome: 'missing', asOf: at, expected, observed }];
  });
}

function uncountedStocks(
  stocktakeId: StocktakeId,
  books: Books,
  scope: ReadScope,
  lineIds: ReadonlySet<string>,
  at: Instant,
): Variance[] {
  return scope.stockIds.flatMap((stockId): Variance[] => {
    const thing: CountedThing = { kind: 'stock', ...stockOfId(stockId) };
    const id = lineIdOf(stocktakeId, thing);
    const expectedQuantity = books.quantityAt(stockId, at);
    if (lineIds.has(id) || expectedQuantity === 0) return [];
    return [{ ...nothingSaid, id, thing, outcome: 'not_counted', asOf: at, expectedQuantity }];
  });
}

const nothingSaid = {
  seen: null,
  expected: null,
  observed: null,
  counted: null,
  expectedQuantity: null,
  isLateCount: false,
  news: [],
  line: null,
} as const;

function seenOf({ seen_kind, seen_id }: LineRow): Place | null {
  return seen_kind === null || seen_id === null ? null : placeOf(seen_kind as Place['kind'], seen_id);
}

function stockIdOfLine({ thing, product_id, place_kind, place_id }: LineRow): string | null {
  return thing === 'stock' ? `${product_id}:${place_kind}:${place_id}` : null;
}

function min(a: Instant, b: string | null): Instant {
  return b !== null && b < a ? (b as Instant) : a;
}

/** The review that a line stands on, where it was accepted and the books are not as accepted yet. */
export function toApprove(
  variance: Variance,
): { readonly reviewOperationId: OperationId; readonly reason: string } | null {
  const { line } = variance;
  if (line === null || line.decision !== 'accept' || line.review_operation_id === null) return null;
  const isDone = line.adjusted_at !== null && variance.news.length === 0;
  if (isDone) return null;
  return { reviewOperationId: line.review_operation_id as OperationId, reason: line.reason ?? '' };
}

export const STOCKTAKE_BY_ID = 'SELECT * FROM stocktakes_now WHERE id = ?';
export const LINES_OF_STOCKTAKE =
  'SELECT * FROM count_lines_now WHERE stocktake_id = ? ORDER BY counted_at DESC, id';

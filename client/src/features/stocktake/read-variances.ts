import { stockOfId } from '@eventkit/shared/bulk/stock-id.ts';
import type { AssetId, OperationId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { isMissing } from '@eventkit/shared/stocktake/judge-seen.ts';
import { lineIdOf } from '@eventkit/shared/stocktake/line-id.ts';
import type { CountedThing, StocktakeScope } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import {
  compareAsset,
  compareLine,
  type Instants,
  type LineRow,
  nothingSaid,
  stockIdOfLine,
  type Variance,
} from './compare-line.ts';
import { type Books, readBooks } from './read-books.ts';
import { type ReadScope, readScope } from './read-scope.ts';
import { lastByAsset, readSightings, type Sighting } from './read-sightings.ts';

export type StocktakeRow = RowOf<'stocktakes'>;

export type StocktakeReading = {
  readonly stocktake: StocktakeRow;
  readonly scope: ReadScope;
  readonly variances: readonly Variance[];
};

/**
 * [ST12] [ST13] [ST14] [ST15] [ST17] Every line of a stocktake against the books of its instant; null where there is
 * none.
 */
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
  const sightings = await readSightings(replica, lines, until);
  const countedStocks = lines.flatMap((line) => stockIdOfLine(line) ?? []);
  const books = await readBooks(replica, stocktakeId, {
    assetIds: [
      ...scope.assetIds,
      ...sightings.map(({ assetId }) => assetId),
      ...lines.flatMap((line) => (line.asset_id as AssetId | null) ?? []),
    ],
    stockIds: [...new Set([...scope.stockIds, ...countedStocks])],
    since: lines.reduce((first, { counted_at }) => min(first, counted_at), until),
    adjustedIds: new Set(lines.flatMap((line) => (line.adjustment === null ? [] : (line.asset_id ?? [])))),
  });
  const compared = compareLines(stocktakeId, lines, sightings, books, { until, closedAt });
  const seenIds = new Set(
    compared.flatMap(({ thing, seen }) => (thing.kind === 'asset' && seen !== null ? thing.assetId : [])),
  );
  const lineIds = new Set(compared.map(({ id }) => id));
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

/** [ST17] A code that is known by now has no line of its own any more: its asset has one. */
function compareLines(
  stocktakeId: StocktakeId,
  lines: readonly LineRow[],
  sightings: readonly Sighting[],
  books: Books,
  instants: Instants,
): Variance[] {
  const known = new Set(sightings.map(({ line }) => line.id));
  const sightingByAsset = lastByAsset(sightings);
  const ofLines = lines
    .filter(({ id }) => !known.has(id))
    .map((line) => {
      const assetId = line.asset_id as AssetId | null;
      if (assetId === null) return compareLine(line, books, instants);
      const sighting = sightingByAsset.get(assetId) ?? null;
      return compareAsset({ id: line.id, assetId, line, sighting }, books, instants);
    });
  const withLine = new Set(lines.map(({ asset_id }) => asset_id));
  const ofCodes = [...sightingByAsset.values()]
    .filter(({ assetId }) => !withLine.has(assetId))
    .map((sighting) => {
      const { assetId } = sighting;
      const id = lineIdOf(stocktakeId, { kind: 'asset', assetId });
      return compareAsset({ id, assetId, line: null, sighting }, books, instants);
    });
  return [...ofLines, ...ofCodes];
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

import type { AssetId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetStatus, Place } from '@eventkit/shared/ledger/asset-state.ts';
import { samePlace } from '@eventkit/shared/ledger/same-place.ts';
import { assetOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { judgeSeen, type SeenOutcome } from '@eventkit/shared/stocktake/judge-seen.ts';
import { isLateCount, type LateNews, lateNewsOf } from '@eventkit/shared/stocktake/late-news.ts';
import { lineOfId } from '@eventkit/shared/stocktake/line-id.ts';
import type { CountedThing } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { placeOf } from '#platform/scanner/find-asset.ts';
import type { Books } from './read-books.ts';
import type { Sighting } from './read-sightings.ts';

export type LineRow = RowOf<'count_lines'>;

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
  readonly countedBy: UserId | null;
  /** The code that was read where it led nowhere then: it is about that line too. */
  readonly readAs: Extract<CountedThing, { readonly kind: 'code' }> | null;
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

/** Of something that nobody said anything of. */
export const nothingSaid = {
  seen: null,
  countedBy: null,
  readAs: null,
  expected: null,
  observed: null,
  counted: null,
  expectedQuantity: null,
  isLateCount: false,
  news: [],
  line: null,
} as const;

/** As of when what nobody counted compares, and after when a count is late. */
export type Instants = { readonly until: Instant; readonly closedAt: Instant | null };

/** A line that is about no asset: a code that nobody knows, or loose pieces. */
export function compareLine(line: LineRow, books: Books, { until, closedAt }: Instants): Variance {
  const { thing } = lineOfId(line.id);
  const asOf = (line.counted_at ?? until) as Instant;
  const isLate = isLateCount(line.counted_at as Instant | null, closedAt);
  const countedBy = line.counted_by as UserId | null;
  const common = { ...nothingSaid, id: line.id, thing, asOf, countedBy, isLateCount: isLate, line };
  if (thing.kind === 'code') {
    const seen = seenOf(line);
    return { ...common, outcome: seen === null ? (line.state as Outcome) : 'unknown_code', seen };
  }
  const expectedQuantity = books.quantityAt(stockIdOfLine(line) ?? '', asOf);
  const outcome = quantityOutcome(line, expectedQuantity);
  const news = newsOfStock(line, expectedQuantity);
  return { ...common, outcome, counted: line.quantity, expectedQuantity, news };
}

/** [ST3] [ST17] An asset by its own line, or by a code that it was read by where that was later. */
export function compareAsset(
  {
    id,
    assetId,
    line,
    sighting,
  }: {
    readonly id: string;
    readonly assetId: AssetId;
    readonly line: LineRow | null;
    readonly sighting: Sighting | null;
  },
  books: Books,
  { until, closedAt }: Instants,
): Variance {
  const isReadByCode = sighting !== null && (line?.counted_at ?? '') < (sighting.line.counted_at ?? '');
  const count = isReadByCode ? sighting.line : line;
  const countedAt = (count?.counted_at ?? null) as Instant | null;
  const asOf = countedAt ?? until;
  const seen = count && seenOf(count);
  const expected = books.expectedAt(assetId, asOf);
  const state = books.stateAt(assetId, asOf);
  const row = books.assetsById.get(assetId);
  const home = row === undefined ? null : assetOfRow(row).baseline;
  const observed = state === null ? null : { place: state.place, status: state.status };
  return {
    ...nothingSaid,
    id,
    thing: { kind: 'asset', assetId },
    outcome: seen === null ? ((line?.state ?? 'not_counted') as Outcome) : judgeSeen(seen, expected, home),
    asOf,
    seen,
    countedBy: (count?.counted_by ?? null) as UserId | null,
    readAs: isReadByCode ? { kind: 'code', code: sighting.line.code ?? '' } : null,
    expected,
    observed,
    isLateCount: isLateCount(countedAt, closedAt),
    news: line === null ? [] : newsOfAsset(line, observed?.place ?? null, seen),
    line: isReadByCode ? withoutReviewBefore(line, sighting) : line,
  };
}

/** [ST17] Whoever reviewed it before the code was known decided about a thing that nobody had seen. */
function withoutReviewBefore(line: LineRow | null, { line: read, saidAt }: Sighting): LineRow | null {
  const knownAt = saidAt ?? read.counted_at ?? '';
  if (line === null || line.reviewed_at === null || line.reviewed_at > knownAt) return line;
  return {
    ...line,
    decision: null,
    reason: null,
    reviewed_by: null,
    reviewed_at: null,
    review_operation_id: null,
  };
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

function seenOf({ seen_kind, seen_id }: LineRow): Place | null {
  return seen_kind === null || seen_id === null ? null : placeOf(seen_kind as Place['kind'], seen_id);
}

export function stockIdOfLine({ thing, product_id, place_kind, place_id }: LineRow): string | null {
  return thing === 'stock' ? `${product_id}:${place_kind}:${place_id}` : null;
}

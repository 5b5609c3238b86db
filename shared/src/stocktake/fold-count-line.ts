import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';
import { lineOfId } from './line-id.ts';
import type { CountedThing } from './stocktake-intents.ts';

type Fact = RowOf<'count_facts'>;
type Line = RowOf<'count_lines'>;

/** [ST3] [ST4] [ST5] [ST6] [ST7] What counting, reviews and approvals of one line come to. */
export function foldCountLine(lineId: string, facts: readonly Fact[]): SubjectFold {
  const { stocktakeId, thing } = lineOfId(lineId);
  const asked = facts.findLastIndex(({ kind }) => kind === 'request_recount');
  const counts = facts.slice(asked + 1).filter(isCount);
  const counted = thing.kind === 'stock' ? agreement(counts, asked >= 0) : sighting(counts, asked >= 0);
  const lastWord = facts.findLastIndex((fact) => isCount(fact) || fact.kind === 'request_recount');
  const review = facts.findLast(({ kind }, index) => kind === 'review_variance' && index > lastWord);
  const approval = facts.findLast(({ kind }) => kind === 'approve_stocktake');
  const line: Line = {
    ...namesOf(thing),
    ...counted,
    ...reviewOf(review),
    ...approvalOf(approval),
    id: lineId,
    stocktake_id: stocktakeId,
  };
  // A number that the reviewer picked among those that differ is the number.
  if (review?.quantity !== null && review?.quantity !== undefined) {
    return { rows: [{ table: 'count_lines', row: { ...line, quantity: review.quantity } }], conflicts: [] };
  }
  return { rows: [{ table: 'count_lines', row: line, isDeleted: facts.length === 0 }], conflicts: [] };
}

function isCount({ kind }: Fact): boolean {
  return kind === 'count_asset' || kind === 'count_quantity';
}

type Counted = Pick<
  Line,
  | 'state'
  | 'quantity'
  | 'seen_kind'
  | 'seen_id'
  | 'counted_at'
  | 'counted_by'
  | 'counter_count'
  | 'method'
  | 'observed_kind'
  | 'observed_id'
  | 'observed_status'
>;

/** [ST3] Where it was seen last; several who saw it are no difference. */
function sighting(counts: readonly Fact[], wasAsked: boolean): Counted {
  const last = counts.at(-1);
  return {
    state: stateOf(last, wasAsked),
    quantity: null,
    seen_kind: last?.place_kind ?? null,
    seen_id: last?.place_id ?? null,
    ...whoCounted(counts),
  };
}

/** [ST4] The last number of each counter; where they are not all one number, there is none. */
function agreement(counts: readonly Fact[], wasAsked: boolean): Counted {
  const lastByCounter = new Map(counts.map((fact) => [fact.recorded_by, fact.quantity]));
  const numbers = new Set(lastByCounter.values());
  const last = counts.at(-1);
  const differs = numbers.size > 1;
  return {
    state: differs ? 'differs' : stateOf(last, wasAsked),
    quantity: differs ? null : (last?.quantity ?? null),
    seen_kind: null,
    seen_id: null,
    ...whoCounted(counts),
  };
}

function stateOf(last: Fact | undefined, wasAsked: boolean): string {
  if (last !== undefined) return 'counted';
  return wasAsked ? 'recount' : 'not_counted';
}

function whoCounted(counts: readonly Fact[]) {
  const last = counts.at(-1);
  return {
    counted_at: last?.effective_at ?? null,
    counted_by: last?.recorded_by ?? null,
    counter_count: new Set(counts.map(({ recorded_by }) => recorded_by)).size,
    method: last?.method ?? null,
    observed_kind: last?.observed_kind ?? null,
    observed_id: last?.observed_id ?? null,
    observed_status: last?.observed_status ?? null,
  };
}

/** [ST6] A review answers what was counted before it. */
function reviewOf(review: Fact | undefined) {
  return {
    decision: review?.decision ?? null,
    reason: review?.note ?? null,
    reviewed_by: review?.recorded_by ?? null,
    reviewed_at: review?.effective_at ?? null,
    review_operation_id: review?.operation_id ?? null,
  };
}

/** [ST7] What the approver confirmed stays as confirmed, whatever is told later. */
function approvalOf(approval: Fact | undefined) {
  return {
    adjustment: approval?.decision ?? null,
    adjusted_by: approval?.recorded_by ?? null,
    adjusted_at: approval?.effective_at ?? null,
    adjusted_operation_id: approval?.operation_id ?? null,
    adjusted_as_of: approval?.as_of ?? null,
    adjusted_kind: approval?.place_kind ?? null,
    adjusted_id: approval?.place_id ?? null,
    adjusted_quantity: approval?.quantity ?? null,
    expected_kind: approval?.observed_kind ?? null,
    expected_id: approval?.observed_id ?? null,
    expected_status: approval?.observed_status ?? null,
    expected_quantity: approval?.expected_quantity ?? null,
  };
}

function namesOf(thing: CountedThing) {
  const none = { asset_id: null, code: null, product_id: null, place_kind: null, place_id: null };
  switch (thing.kind) {
    case 'asset':
      return { ...none, thing: thing.kind, asset_id: thing.assetId };
    case 'code':
      return { ...none, thing: thing.kind, code: thing.code };
    case 'stock':
      return {
        ...none,
        thing: thing.kind,
        product_id: thing.productId,
        place_kind: thing.place.kind,
        place_id: thing.place.id,
      };
  }
}

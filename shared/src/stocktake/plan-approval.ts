import { stockIdOf } from '#bulk/stock-id.ts';
import type { Instant } from '#kernel/instant.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import { knownPlace } from '#operations/known-place.ts';
import type { Operation } from '#operations/operation.ts';
import type { PlannedFact } from '#operations/plan-facts.ts';
import { notAfter, type PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import { noDetails } from '#operations/stated-facts.ts';
import { rowsOf } from '#operations/subject-state.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { lineIdOf, thingOf } from './line-id.ts';
import type { ApproveStocktake, StocktakeAdjustment } from './stocktake-intents.ts';

/** What an approval states: of the stocktake and its lines, of assets, and of loose pieces. */
export type PlannedApproval = {
  readonly facts: readonly PlannedSubjectFact[];
  readonly assetFacts: readonly PlannedFact[];
};

type ApproveOperation = Operation & { readonly intent: ApproveStocktake };

/** [ST9] [ST10] [ST11] All of an approval, or nothing of it. */
export function planApproval(
  operation: ApproveOperation,
  workingSet: WorkingSet,
  effectiveAt: Instant,
): Result<PlannedApproval, Reason> {
  const { stocktakeId, adjustments } = operation.intent;
  const problem = problemOf(operation, workingSet);
  if (problem !== null) return err(problem);
  return ok({
    facts: [
      { subject: { ledger: 'stocktake', id: stocktakeId }, matter: {} },
      ...adjustments.flatMap((adjustment) => [
        lineFact(operation.intent, adjustment),
        ...stockFacts(adjustment),
      ]),
    ],
    assetFacts: adjustments.flatMap((adjustment) => assetFacts(adjustment, effectiveAt)),
  });
}

function problemOf({ recordedBy, intent }: ApproveOperation, workingSet: WorkingSet): Reason | null {
  const header = workingSet.subjectsByKey.get(subjectKey({ ledger: 'stocktake', id: intent.stocktakeId }));
  const closed = header
    ? rowsOf(header, 'stocktake_facts').find(
        (fact) => fact.operation_id === intent.closeOperationId && fact.kind === 'close_stocktake',
      )
    : undefined;
  if (closed === undefined) return 'not_closed';
  if (closed.recorded_by === recordedBy) return 'second_person_needed';
  for (const adjustment of intent.adjustments) {
    const problem = problemOfAdjustment(adjustment, intent, recordedBy, workingSet);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOfAdjustment(
  adjustment: StocktakeAdjustment,
  { stocktakeId }: ApproveStocktake,
  approver: string,
  workingSet: WorkingSet,
): Reason | null {
  const lineId = lineIdOf(stocktakeId, thingOf(adjustment));
  const line = workingSet.subjectsByKey.get(subjectKey({ ledger: 'count', id: lineId }));
  const review = line
    ? rowsOf(line, 'count_facts').find((fact) => fact.operation_id === adjustment.reviewOperationId)
    : undefined;
  if (review?.kind !== 'review_variance' || review.decision !== 'accept') return 'not_reviewed';
  if (review.recorded_by === approver) return 'second_person_needed';
  const place = knownPlace(adjustment.place, workingSet);
  if (!place.ok) return place.error;
  if (adjustment.kind === 'quantity') {
    return workingSet.knownProductIds.has(adjustment.productId) ? null : 'unknown_product';
  }
  return workingSet.assetsById.has(adjustment.assetId) ? null : 'unknown_asset';
}

/** [ST7] What was confirmed, kept with the line. */
function lineFact({ stocktakeId }: ApproveStocktake, adjustment: StocktakeAdjustment): PlannedSubjectFact {
  const { kind, place, asOf, reason } = adjustment;
  const expected = kind === 'found' ? adjustment.expected : null;
  const where = kind === 'missing' ? place : (expected?.place ?? null);
  return {
    subject: { ledger: 'count', id: lineIdOf(stocktakeId, thingOf(adjustment)) },
    matter: {
      decision: kind,
      note: reason,
      as_of: asOf,
      place_kind: place.kind,
      place_id: place.id,
      quantity: kind === 'quantity' ? adjustment.quantity : null,
      expected_quantity: kind === 'quantity' ? adjustment.expectedQuantity : null,
      observed_kind: where?.kind ?? null,
      observed_id: where?.id ?? null,
      observed_status: expected?.status ?? null,
    },
  };
}

/** [ST10] As of the count, what lay there was the number counted: what happened since adds to it. */
function stockFacts(adjustment: StocktakeAdjustment): PlannedSubjectFact[] {
  if (adjustment.kind !== 'quantity') return [];
  const { productId, place, quantity, asOf, reason } = adjustment;
  return [
    {
      subject: { ledger: 'bulk', id: stockIdOf(productId, place) },
      matter: { quantity, other_kind: null, other_id: null, disposition: null, note: reason },
      asOf,
    },
  ];
}

/** [ST10] As of the count it was where it was seen; as of the close, what nobody saw was lost. */
function assetFacts(adjustment: StocktakeAdjustment, effectiveAt: Instant): PlannedFact[] {
  if (adjustment.kind === 'quantity') return [];
  const { assetId, place, asOf, reason } = adjustment;
  return [
    {
      ...noDetails,
      assetId,
      code: null,
      namedAssetId: assetId,
      kind: 'approve_stocktake',
      effectiveAt: notAfter(effectiveAt, asOf),
      to: place,
      observed: adjustment.kind === 'found' ? adjustment.expected : null,
      disposition: adjustment.kind === 'missing' ? 'lost' : null,
      note: reason,
    },
  ];
}

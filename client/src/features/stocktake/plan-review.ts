import type { OperationId, StocktakeId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { type SuggestedAction, suggestionFor } from '@eventkit/shared/stocktake/judge-seen.ts';
import type { ApproveStocktake, StocktakeAdjustment } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { type Outcome, type StocktakeReading, toApprove, type Variance } from './read-variances.ts';

/** The differences first that need most thought; what is as in the books comes last. */
export const outcomesInOrder: readonly Outcome[] = [
  'differs',
  'recount',
  'missing',
  'unexpected',
  'wrong_place',
  'no_home',
  'quantity',
  'unknown_code',
  'not_counted',
  'found_here',
  'as_counted',
];

export function suggestionOf({ outcome }: Variance): SuggestedAction | null {
  if (outcome === 'as_counted') return null;
  return outcome === 'recount' || outcome === 'not_counted' ? 'recount' : suggestionFor(outcome);
}

/** True for what a person can accept: it says where a thing is, that it is lost, or how many there are. */
export function canAccept(variance: Variance): boolean {
  const action = suggestionOf(variance);
  return action === 'found' || action === 'missing' || action === 'quantity';
}

/** What is still to be looked at. */
export function isToReview(variance: Variance): boolean {
  if (suggestionOf(variance) === null) return variance.news.length > 0;
  return variance.line?.decision == null || variance.news.length > 0;
}

/** The approval of everything that was accepted and is not in the books yet. */
export function planApproval({ stocktake, variances }: StocktakeReading): ApproveStocktake | null {
  if (stocktake.close_operation_id === null) return null;
  return {
    kind: 'approve_stocktake',
    stocktakeId: stocktake.id as string as StocktakeId,
    closeOperationId: stocktake.close_operation_id as OperationId,
    adjustments: variances.flatMap((variance) => adjustmentOf(variance) ?? []),
  };
}

function adjustmentOf(variance: Variance): StocktakeAdjustment | null {
  const review = toApprove(variance);
  if (review === null) return null;
  const { thing, seen, observed, expected, asOf, line } = variance;
  const common = { ...review, asOf };
  if (thing.kind === 'stock') {
    const quantity = line?.quantity ?? null;
    if (quantity === null) return null;
    const { productId, place } = thing;
    return {
      ...common,
      kind: 'quantity',
      productId,
      place,
      quantity,
      expectedQuantity: variance.expectedQuantity ?? 0,
    };
  }
  if (thing.kind === 'code') return null;
  const { assetId } = thing;
  if (seen !== null) return { ...common, kind: 'found', assetId, place: seen, expected: observed };
  const place = observed?.place ?? expected?.place ?? null;
  return place === null ? null : { ...common, kind: 'missing', assetId, place };
}

/** True where this person closed it or reviewed something that the approval would change. */
export function needsSecondPerson({ stocktake, variances }: StocktakeReading, userId: UserId): boolean {
  if (stocktake.closed_by === userId) return true;
  return variances.some((variance) => toApprove(variance) !== null && variance.line?.reviewed_by === userId);
}

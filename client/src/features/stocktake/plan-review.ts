import type { OperationId, StocktakeId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { bytesOfAdjustment, bytesOfThing, inParts } from '@eventkit/shared/stocktake/in-parts.ts';
import { type SuggestedAction, suggestionFor } from '@eventkit/shared/stocktake/judge-seen.ts';
import type {
  ApproveStocktake,
  CountedThing,
  StocktakeAdjustment,
} from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { Outcome, Variance } from './compare-line.ts';
import { type StocktakeReading, toApprove } from './read-variances.ts';

/** The differences first that need most thought; what is as in the books comes last. */
export const outcomesInOrder: readonly Outcome[] = [
  'differs',
  'recount',
  // One that is known in the end may well be one of those that are missing.
  'unknown_code',
  'missing',
  'unexpected',
  'wrong_place',
  'no_home',
  'quantity',
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

/**
 * [ST16] The approval of everything that was accepted and is not in the books yet, in as many operations as it needs; one
 * that changes nothing where all is as it should be. None before the close.
 */
export function planApproval({ stocktake, variances }: StocktakeReading): ApproveStocktake[] {
  if (stocktake.close_operation_id === null) return [];
  const about = {
    kind: 'approve_stocktake',
    stocktakeId: stocktake.id as string as StocktakeId,
    closeOperationId: stocktake.close_operation_id as OperationId,
  } as const;
  const parts = inParts(
    variances.flatMap((variance) => adjustmentOf(variance) ?? []),
    bytesOfAdjustment,
  );
  if (parts.length === 0) return stocktake.status === 'closed' ? [{ ...about, adjustments: [] }] : [];
  return parts.map((adjustments) => ({ ...about, adjustments }));
}

/** What a decision about differences, or a request to count them again, is about. */
export function thingsOf(variances: readonly Variance[]): CountedThing[] {
  return variances.flatMap(({ thing, readAs }) => (readAs === null ? [thing] : [thing, readAs]));
}

/** [ST16] The same said of all these things, in as many operations as it needs. */
export function inOperations<Said extends object>(
  things: readonly CountedThing[],
  said: Said,
): (Said & { readonly things: readonly CountedThing[] })[] {
  return inParts(things, bytesOfThing).map((part) => ({ ...said, things: part }));
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

import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { bytesOfAdjustment, inParts } from '@eventkit/shared/stocktake/in-parts.ts';
import type { ApproveStocktake } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { planApproval } from './plan-review.ts';
import { readVariances } from './read-variances.ts';

/**
 * [ST7] [ST16] Of what the approver saw, what is still so: the screen may be behind the books, and nothing is approved
 * twice, nor what nobody saw. What has changed meanwhile comes up again.
 */
export async function stillToApprove(
  replica: ReplicaReader,
  stocktakeId: StocktakeId,
  shown: readonly ApproveStocktake[],
  now: Instant,
): Promise<readonly ApproveStocktake[]> {
  const reading = await readVariances(replica, stocktakeId, now);
  const due = reading === null ? [] : planApproval(reading);
  const [first] = due;
  if (first === undefined || first.closeOperationId !== shown[0]?.closeOperationId) return [];
  const dueNow = new Set(due.flatMap(({ adjustments }) => adjustments.map((one) => JSON.stringify(one))));
  const seen = shown.flatMap(({ adjustments }) => adjustments);
  // That nothing changes can be approved too.
  if (dueNow.size === 0 && seen.length === 0) return due;
  const both = seen.filter((one) => dueNow.has(JSON.stringify(one)));
  return inParts(both, bytesOfAdjustment).map((adjustments) => ({ ...first, adjustments }));
}

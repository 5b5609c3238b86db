import { foldBulkStock } from '#bulk/fold-bulk-stock.ts';
import type { AssetId, OperationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { AssetState } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';
import { countedFacts, type FactRow } from '#operations/counted-facts.ts';
import type { RowOf } from '#schema/row-types.ts';

/** As of when, and which operations are left out: those by which this stocktake itself changed the books. */
export type AsOf = { readonly at: Instant; readonly without: ReadonlySet<OperationId> };

/** [ST12] The books of some assets as of an instant; what was taken back later never was. */
export function statesAsOf(
  assets: readonly AssetBase[],
  movements: Iterable<Movement>,
  { at, without }: AsOf,
): ReadonlyMap<AssetId, AssetState> {
  const past: Movement[] = [];
  for (const movement of movements) {
    const isPast = movement.kind === 'undo' || movement.effectiveAt <= at;
    if (isPast && !without.has(movement.operationId)) past.push(movement);
  }
  return foldAssets(assets, past).statesById;
}

/** [ST12] How many pieces the books had in a stock as of an instant. */
export function quantityAsOf(
  stockId: string,
  facts: readonly RowOf<'bulk_movements'>[],
  { at, without }: AsOf,
): number {
  const past = facts.filter(
    (fact) =>
      (fact.kind === 'undo' || (fact.effective_at ?? '') <= at) &&
      !without.has(fact.operation_id as OperationId),
  );
  const counted = countedFacts(past as unknown as FactRow[]) as unknown as RowOf<'bulk_movements'>[];
  const [stock] = foldBulkStock(stockId, counted).rows;
  return Number(stock?.row['quantity'] ?? 0);
}

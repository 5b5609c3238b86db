import type { AssetId, OperationId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { AssetState, Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import {
  type AssetRow,
  assetOfRow,
  type MovementRow,
  movementOfRow,
} from '@eventkit/shared/schema/ledger-rows.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { quantityAsOf, statesAsOf } from '@eventkit/shared/stocktake/expected-as-of.ts';
import type { Expected } from '@eventkit/shared/stocktake/judge-seen.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** What the books of this device had at any instant, without what the stocktake itself changed. */
export type Books = {
  readonly assetsById: ReadonlyMap<AssetId, AssetRow>;
  /** As the row of the asset said it then; null where this device does not hold it. */
  stateAt(id: AssetId, at: Instant): AssetState | null;
  /** The same seen through the cases around it, which are told too, innermost first. */
  expectedAt(id: AssetId, at: Instant): (Expected & { readonly caseIds: readonly AssetId[] }) | null;
  quantityAt(stockId: string, at: Instant): number;
};

const DEEPEST = 16;

/**
 * Reads what is needed to look back: the rows of these assets and of the cases around them, and histories only of what
 * moved since the first instant anybody asks for, or was changed by the stocktake.
 */
export async function readBooks(
  replica: ReplicaReader,
  stocktakeId: StocktakeId,
  asked: {
    readonly assetIds: readonly AssetId[];
    readonly stockIds: readonly string[];
    readonly since: Instant;
    readonly adjustedIds: ReadonlySet<string>;
  },
): Promise<Books> {
  const assetsById = await readWithCases(replica, asked.assetIds);
  const own = await replica.getAll<{ id: OperationId }>(OWN_APPROVALS, [stocktakeId]);
  const without = new Set(own.map(({ id }) => id));
  const moved = [...assetsById.values()].filter(
    (row) => (row.last_moved_at ?? '') >= asked.since || asked.adjustedIds.has(row.id),
  );
  const movements = await replica.getAll<MovementRow>(MOVEMENTS_OF_ASSETS, [
    JSON.stringify(moved.map(({ id }) => id)),
  ]);
  const historyById = Map.groupBy(movements.map(movementOfRow), ({ assetId }) => assetId);
  const facts = await replica.getAll<RowOf<'bulk_movements'>>(FACTS_OF_STOCKS, [
    JSON.stringify(asked.stockIds),
  ]);
  const factsByStock = Map.groupBy(facts, (fact) => fact.stock_id ?? '');

  const stateAt = (id: AssetId, at: Instant): AssetState | null => {
    const row = assetsById.get(id);
    if (row === undefined) return null;
    const asset = assetOfRow(row);
    const history: readonly Movement[] | undefined = historyById.get(id);
    if (history === undefined) return asset.state;
    return statesAsOf([asset], history, { at, without }).get(id) ?? asset.state;
  };
  return {
    assetsById,
    stateAt,
    expectedAt(id, at) {
      const state = stateAt(id, at);
      if (state === null) return null;
      const caseIds: AssetId[] = [];
      let place: Place | null = state.place;
      while (place?.kind === 'case' && caseIds.length < DEEPEST) {
        caseIds.push(place.id);
        place = stateAt(place.id, at)?.place ?? null;
      }
      return { place: place?.kind === 'case' ? null : place, status: state.status, caseIds };
    },
    quantityAt: (stockId, at) => quantityAsOf(stockId, factsByStock.get(stockId) ?? [], { at, without }),
  };
}

async function readWithCases(
  replica: ReplicaReader,
  ids: readonly AssetId[],
): Promise<Map<AssetId, AssetRow>> {
  const found = new Map<AssetId, AssetRow>();
  let wanted: readonly string[] = [...new Set(ids)];
  while (wanted.length > 0) {
    const rows = await replica.getAll<AssetRow>(ASSETS_BY_ID, [JSON.stringify(wanted)]);
    for (const row of rows) found.set(row.id as AssetId, row);
    const around = rows.flatMap((row) =>
      row.place_kind === 'case' && row.place_id !== null ? [row.place_id] : [],
    );
    wanted = [...new Set(around)].filter((id) => !found.has(id as AssetId));
  }
  return found;
}

export const OWN_APPROVALS = `SELECT DISTINCT operation_id AS id FROM stocktake_facts_now
  WHERE stocktake_id = ? AND kind = 'approve_stocktake'`;
export const ASSETS_BY_ID = 'SELECT * FROM assets_now WHERE id IN (SELECT value FROM json_each(?))';
export const MOVEMENTS_OF_ASSETS =
  'SELECT * FROM movements_now WHERE asset_id IN (SELECT value FROM json_each(?))';
export const FACTS_OF_STOCKS =
  'SELECT * FROM bulk_movements_now WHERE stock_id IN (SELECT value FROM json_each(?))';

import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { StocktakeScope } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

export type ScopeLocation = {
  readonly id: string;
  readonly parentId: string | null;
  readonly code: string;
  readonly name: string;
};

/** Where a stocktake reaches, and what may be expected there. */
export type ReadScope = {
  /** Where something of it may lie, in walking order. */
  readonly locations: readonly ScopeLocation[];
  /** Where everything counts. */
  readonly locationIds: ReadonlySet<string>;
  /** Products that count wherever they lie; empty but for cycles. */
  readonly productIds: ReadonlySet<string>;
  readonly assetIds: readonly AssetId[];
  readonly stockIds: readonly string[];
};

/** Everything in stock where the scope reaches, now or, after the close, then. */
export async function readScope(
  replica: ReplicaReader,
  scope: StocktakeScope,
  closedAt: Instant | null,
): Promise<ReadScope> {
  const all = await replica.getAll<ScopeLocation>(ALL_LOCATIONS);
  const locationIds = new Set(locationsOf(scope, all).map(({ id }) => id));
  const productIds = new Set<string>(scope.kind === 'cycle' ? scope.productIds : []);
  const locations = all
    .filter(({ id }) => productIds.size > 0 || locationIds.has(id))
    .toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }));
  const assetIds = new Set<AssetId>();
  let places = [...locationIds];
  while (places.length > 0) {
    const inside = await replica.getAll<{ id: AssetId; isCase: number }>(ASSETS_AT, [JSON.stringify(places)]);
    const fresh = inside.filter(({ id }) => !assetIds.has(id));
    for (const { id } of fresh) assetIds.add(id);
    places = fresh.filter(({ isCase }) => isCase === 1).map(({ id }) => id);
  }
  const ofProducts = await replica.getAll<{ id: AssetId }>(ASSETS_OF_PRODUCTS, [
    JSON.stringify([...productIds]),
  ]);
  const sinceClose = closedAt === null ? [] : await replica.getAll<{ id: AssetId }>(MOVED_SINCE, [closedAt]);
  for (const { id } of [...ofProducts, ...sinceClose]) assetIds.add(id);
  const stocks = await replica.getAll<{ id: string }>(STOCKS_IN_SCOPE, [
    JSON.stringify([...locationIds]),
    JSON.stringify([...productIds]),
  ]);
  return {
    locations,
    locationIds,
    productIds,
    assetIds: [...assetIds],
    stockIds: stocks.map(({ id }) => id),
  };
}

/** Which products count at a place; empty where everything there does. */
export function productsAt({ locationIds, productIds }: ReadScope, placeId: string): readonly string[] {
  return locationIds.has(placeId) ? [] : [...productIds];
}

function locationsOf(scope: StocktakeScope, all: readonly ScopeLocation[]): ScopeLocation[] {
  if (scope.kind === 'full') return [...all];
  const wanted = new Set<string>(scope.locationIds);
  if (scope.kind === 'cycle') return all.filter(({ id }) => wanted.has(id));
  for (let before = -1; before !== wanted.size; ) {
    before = wanted.size;
    for (const { id, parentId } of all) if (parentId !== null && wanted.has(parentId)) wanted.add(id);
  }
  return all.filter(({ id }) => wanted.has(id));
}

export const ALL_LOCATIONS = 'SELECT id, parent_id AS parentId, code, name FROM storage_locations';
export const ASSETS_AT =
  'SELECT id, is_case AS isCase FROM assets_now WHERE place_id IN (SELECT value FROM json_each(?))';
export const ASSETS_OF_PRODUCTS =
  'SELECT id FROM assets_now WHERE product_id IN (SELECT value FROM json_each(?))';
export const MOVED_SINCE = 'SELECT DISTINCT asset_id AS id FROM movements_now WHERE effective_at > ?';
export const STOCKS_IN_SCOPE = `SELECT id FROM bulk_stock_now
  WHERE (place_kind = 'location' AND place_id IN (SELECT value FROM json_each(?)))
     OR (place_kind = 'location' AND product_id IN (SELECT value FROM json_each(?)))`;

import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type {
  AssetId,
  OperationId,
  ProductId,
  StocktakeId,
  StorageLocationId,
} from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Intent, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { CountedThing, StocktakeAdjustment } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { RandomSource } from './random-source.ts';
import { scanOf } from './scan-of.ts';
import type { WorkArea } from './work-area.ts';

type StocktakeRow = { readonly id: StocktakeId; readonly close_operation_id: OperationId | null };
type LineRow = {
  readonly asset_id: AssetId | null;
  readonly product_id: ProductId | null;
  readonly place_kind: Place['kind'] | null;
  readonly place_id: string | null;
  readonly seen_kind: Place['kind'] | null;
  readonly seen_id: string | null;
  readonly quantity: number | null;
  readonly counted_at: Instant | null;
  readonly review_operation_id: OperationId;
};

/** A stocktake goes on while everything else does: counted by many, closed, reviewed, approved by what a device sees. */
export async function drawStocktake(
  replica: Replica,
  { assetIds, locationIds, productId }: WorkArea,
  random: RandomSource,
  scan: (id: AssetId) => Promise<ScannedAsset>,
): Promise<Intent> {
  const stocktake = await newestStocktake(replica);
  if (stocktake === null || random.chance(0.03)) return openStocktake(random);
  const stocktakeId = stocktake.id;
  const assetId = random.pick<AssetId>(assetIds);
  const place: Place = { kind: 'location', id: random.pick<StorageLocationId>(locationIds) };
  const things = [
    { kind: 'asset' as const, assetId },
    { kind: 'stock' as const, productId, place },
  ];
  const act = random.next();
  if (act < 0.3) {
    const asset = random.chance(0.1) ? { code: 'X:0', assetId: null, observed: null } : await scan(assetId);
    return { kind: 'count_asset', stocktakeId, asset, place, method: random.chance(0.9) ? 'scan' : 'tick' };
  }
  if (act < 0.5) {
    return {
      kind: 'count_quantity',
      stocktakeId,
      productId,
      place,
      quantity: Math.floor(random.between(0, 9)),
    };
  }
  if (act < 0.55) return { kind: 'request_recount', stocktakeId, things };
  if (act < 0.65) return { kind: 'close_stocktake', stocktakeId };
  if (act < 0.85 || stocktake.close_operation_id === null) {
    const decision = random.chance(0.8) ? 'accept' : 'leave';
    return {
      kind: 'review_variance',
      stocktakeId,
      things,
      decision,
      quantity: null,
      reason: 'counted twice',
    };
  }
  return approval(replica, stocktakeId, stocktake.close_operation_id);
}

/** What is counted is looked through and accepted, the stocktake closed and approved. */
export async function drawFinish(replica: Replica, random: RandomSource): Promise<Intent> {
  const stocktake = await newestStocktake(replica);
  if (stocktake === null) return openStocktake(random);
  const { id: stocktakeId, close_operation_id: closeOperationId } = stocktake;
  const open = await replica.getAll<LineRow>(
    'SELECT * FROM count_lines_now WHERE stocktake_id = ? AND decision IS NULL ORDER BY id LIMIT 8',
    [stocktakeId],
  );
  const things = open.flatMap(thingOf);
  if (things.length > 0 && random.chance(0.6)) {
    const decision = random.chance(0.9) ? 'accept' : 'leave';
    const reason = 'counted twice';
    return { kind: 'review_variance', stocktakeId, things, decision, quantity: null, reason };
  }
  if (closeOperationId === null) return { kind: 'close_stocktake', stocktakeId };
  return approval(replica, stocktakeId, closeOperationId);
}

async function approval(
  replica: Replica,
  stocktakeId: StocktakeId,
  closeOperationId: OperationId,
): Promise<Intent> {
  const lines = await replica.getAll<LineRow>(
    "SELECT * FROM count_lines_now WHERE stocktake_id = ? AND decision = 'accept' ORDER BY id LIMIT 5",
    [stocktakeId],
  );
  return {
    kind: 'approve_stocktake',
    stocktakeId,
    closeOperationId,
    adjustments: lines.flatMap(adjustmentOf),
  };
}

function thingOf(line: LineRow): CountedThing[] {
  if (line.asset_id !== null) return [{ kind: 'asset', assetId: line.asset_id }];
  if (line.product_id === null) return [];
  const place = { kind: line.place_kind, id: line.place_id } as Place;
  return [{ kind: 'stock', productId: line.product_id, place }];
}

/** One more thing on a shelf that is counted through; loose pieces between them. */
export async function drawCount(
  replica: Replica,
  { productId }: WorkArea,
  shelf: { readonly locationId: StorageLocationId; readonly next: () => AssetId },
  random: RandomSource,
): Promise<Intent> {
  const stocktake = await newestStocktake(replica);
  const isOver = stocktake !== null && stocktake.close_operation_id !== null;
  if (stocktake === null || (isOver && random.chance(0.2))) return openStocktake(random);
  const place: Place = { kind: 'location', id: shelf.locationId };
  const stocktakeId = stocktake.id;
  if (random.chance(0.1)) {
    const quantity = Math.floor(random.between(0, 9));
    return { kind: 'count_quantity', stocktakeId, productId, place, quantity };
  }
  const asset = await scanOf(replica, shelf.next());
  return { kind: 'count_asset', stocktakeId, asset, place, method: 'scan' };
}

function newestStocktake(replica: Replica): Promise<StocktakeRow | null> {
  return replica.getOptional<StocktakeRow>(
    'SELECT id, close_operation_id FROM stocktakes_now ORDER BY id DESC LIMIT 1',
  );
}

function openStocktake(random: RandomSource): Intent {
  return { kind: 'open_stocktake', name: 'Q4', scope: { kind: 'full' }, isBlind: random.chance(0.5) };
}

function adjustmentOf(line: LineRow): StocktakeAdjustment[] {
  const { asset_id, product_id, quantity, counted_at, review_operation_id } = line;
  if (counted_at === null) return [];
  const common = { reviewOperationId: review_operation_id, asOf: counted_at, reason: 'counted twice' };
  if (asset_id !== null) {
    const place = { kind: line.seen_kind, id: line.seen_id } as Place;
    return [{ ...common, kind: 'found', assetId: asset_id, place, expected: null }];
  }
  if (product_id === null || quantity === null) return [];
  const place = { kind: line.place_kind, id: line.place_id } as Place;
  return [{ ...common, kind: 'quantity', productId: product_id, place, quantity, expectedQuantity: 0 }];
}

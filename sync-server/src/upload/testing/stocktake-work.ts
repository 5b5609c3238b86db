import type { StocktakeId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Operation, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { CountedThing, StocktakeIntent } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { UploadTenant } from './upload-tenant.ts';

type StocktakeKind = Exclude<StocktakeIntent['kind'], 'approve_stocktake'>;

/** Of the stocktake that this device opened first, or of one that nobody opened. */
export function stocktakeIntentOf(
  tenant: UploadTenant,
  act: { readonly kind: StocktakeKind; readonly place: number; readonly observed: number },
  asset: ScannedAsset,
  own: readonly Operation[],
): StocktakeIntent {
  const opened = own.find(({ intent }) => intent.kind === 'open_stocktake')?.id ?? tenant.productId;
  const stocktakeId = opened as string as StocktakeId;
  const { productId } = tenant;
  const place: Place = {
    kind: 'location',
    id: tenant.locationIds[act.place % tenant.locationIds.length] as StorageLocationId,
  };
  const things: CountedThing[] = [
    { kind: 'stock', productId, place },
    { kind: 'code', code: asset.code },
    ...(asset.assetId === null ? [] : [{ kind: 'asset' as const, assetId: asset.assetId }]),
  ];
  switch (act.kind) {
    case 'open_stocktake':
      return { kind: act.kind, name: 'Q4', scope: { kind: 'full' }, isBlind: act.place % 2 === 0 };
    case 'count_asset':
      return { kind: act.kind, stocktakeId, asset, place, method: 'scan' };
    case 'count_quantity':
      return { kind: act.kind, stocktakeId, productId, place, quantity: act.observed };
    case 'request_recount':
      return { kind: act.kind, stocktakeId, things };
    case 'close_stocktake':
      return { kind: act.kind, stocktakeId };
    case 'review_variance': {
      const decision = act.place % 2 === 0 ? 'accept' : 'leave';
      return { kind: act.kind, stocktakeId, things, decision, quantity: null, reason: 'counted twice' };
    }
  }
}

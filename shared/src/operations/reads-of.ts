import { stockIdOf } from '#bulk/stock-id.ts';
import type { AssetId, EventId, ProductId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Operation, ScannedAsset } from './operation.ts';
import { type ReadRequest, readNothing } from './working-set.ts';

/** [OP1] What must be loaded before the operation can be decided; see `WorkingSet` for what each name brings. */
export function readsOf(operation: Operation): ReadRequest {
  const { intent } = operation;
  switch (intent.kind) {
    case 'check_out':
      return { ...readsOfScanned([intent.asset]), eventIds: [intent.eventId] };
    case 'check_in':
    case 'move':
      return { ...readsOfScanned([intent.asset]), locationIds: [intent.locationId] };
    case 'pack':
      return withAssets(readsOfScanned(intent.members), [intent.caseId]);
    case 'unpack': {
      const to = unpackedTo(intent);
      const reads = withAssets(readsOfScanned(intent.members), [intent.caseId]);
      return to === null ? reads : withPlace(reads, to);
    }
    case 'quarantine':
    case 'release':
    case 'retire':
      return readsOfScanned([intent.asset]);
    case 'resolve':
      return withPlace(readsOfScanned([intent.asset]), intent.place);
    case 'move_bulk':
      return readsOfBulk(intent.productId, [intent.from, intent.to]);
    case 'count_bulk':
      return readsOfBulk(intent.productId, [intent.place]);
    case 'undo':
      return { ...readNothing, operationIds: [intent.operationId] };
  }
}

/** Where unpacked things lie; null where the intent names neither a location nor the place of the case. */
export function unpackedTo(intent: {
  readonly locationId: StorageLocationId | null;
  readonly casePlace: Place | null;
}): Place | null {
  return intent.locationId === null ? intent.casePlace : { kind: 'location', id: intent.locationId };
}

function readsOfBulk(productId: ProductId, places: readonly (Place | null)[]): ReadRequest {
  const known = places.filter((place) => place !== null);
  const subjects = known.map((place) => ({ ledger: 'bulk' as const, id: stockIdOf(productId, place) }));
  return known.reduce(withPlace, { ...readNothing, productIds: [productId], subjects });
}

function readsOfScanned(scanned: readonly ScannedAsset[]): ReadRequest {
  return {
    ...readNothing,
    assetIds: scanned.flatMap(({ assetId }) => (assetId === null ? [] : [assetId])),
    codes: scanned.flatMap(({ assetId, code }) => (assetId === null ? [code] : [])),
  };
}

function withAssets(reads: ReadRequest, assetIds: readonly AssetId[]): ReadRequest {
  return { ...reads, assetIds: [...reads.assetIds, ...assetIds] };
}

function withPlace(reads: ReadRequest, place: Place): ReadRequest {
  switch (place.kind) {
    case 'location':
      return { ...reads, locationIds: [...reads.locationIds, place.id satisfies StorageLocationId] };
    case 'event':
      return { ...reads, eventIds: [...reads.eventIds, place.id satisfies EventId] };
    case 'case':
      return withAssets(reads, [place.id]);
  }
}

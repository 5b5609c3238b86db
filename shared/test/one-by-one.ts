import type { AssetId, EventId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Intent, Operation, ScannedAsset } from '#operations/operation.ts';
import { caseIds, eventIds, itemIds, locationIds } from './arbitrary-ledger.ts';
import { codeOf, newLedger } from './arbitrary-operations.ts';
import { executeInMemory } from './memory-ledger.ts';
import { testId, testInstant } from './test-ids.ts';
import { testOperation } from './test-operation.ts';

export const [lamp, dimmer] = itemIds as [AssetId, AssetId];
export const [case1, case2] = caseIds as [AssetId, AssetId];
export const [gala, fair] = eventIds as [EventId, EventId];
export const [shelf, dock] = locationIds as [StorageLocationId, StorageLocationId];
export const nowhere = testId<AssetId>('asset', 99);

export const inStock: Place = { kind: 'location', id: shelf };
const bases = [...caseIds, ...itemIds].map((id) => ({ id, baseline: inStock }));

export const scanned = (assetId: AssetId, place: Place | null = inStock): ScannedAsset => ({
  code: codeOf(assetId),
  assetId,
  observed: place === null ? null : { place, status: 'in_service' },
});
export const toGala = {
  kind: 'check_out',
  asset: scanned(lamp),
  eventId: gala,
  overrideReason: null,
} satisfies Intent;
export const toFair = {
  kind: 'check_out',
  asset: scanned(lamp),
  eventId: fair,
  overrideReason: null,
} satisfies Intent;
export const backToDock = {
  kind: 'check_in',
  asset: scanned(lamp, null),
  locationId: dock,
  disposition: 'ok',
  note: null,
} satisfies Intent;

/** An empty ledger whose operations are decided one by one, numbered from 1. */
export function start() {
  const ledger = newLedger(bases);
  let n = 0;
  return {
    ledger,
    /** Records and decides at once, unless told of another time or device. */
    decide(intent: Intent, facts: Partial<Operation> = {}) {
      n += 1;
      const operation = testOperation(n, { intent, ...facts });
      return executeInMemory(ledger, operation, {
        effectiveAt: operation.recordedAt,
        receivedAt: testInstant(1_000),
      });
    },
    placeOf: (id: AssetId) => ledger.assetsById.get(id)?.state.place,
  };
}

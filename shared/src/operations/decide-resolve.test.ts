import { expect, it } from 'vitest';
import type { AssetId, ConflictId, EventId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import { eventIds, itemIds, locationIds } from '#test/arbitrary-ledger.ts';
import { codeOf, newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory } from '#test/memory-ledger.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { Intent, ScannedAsset } from './operation.ts';

const [lamp] = itemIds as [AssetId];
const [gala, fair] = eventIds as [EventId, EventId];
const shelf: Place = { kind: 'location', id: locationIds[0] as StorageLocationId };
const asset: ScannedAsset = {
  code: codeOf(lamp),
  assetId: lamp,
  observed: { place: shelf, status: 'in_service' },
};
const out = (eventId: EventId): Intent => ({ kind: 'check_out', asset, eventId, overrideReason: null });
const says = (place: Place): Intent => ({
  kind: 'resolve',
  asset,
  conflictId: 'double_check_out:x:y' as ConflictId,
  place,
});

function decideAll(...intents: Intent[]) {
  const ledger = newLedger([{ id: lamp, baseline: shelf }]);
  return intents.map((intent, index) => {
    const operation = testOperation(index + 1, { intent });
    const context = { effectiveAt: operation.recordedAt, receivedAt: testInstant(1_000) };
    return executeInMemory(ledger, operation, context);
  });
}

it('[OP8] a resolution that leaves the thing where it stands is applied: it settles the conflict', () => {
  const [, conflicted, resolved, again] = decideAll(
    out(gala),
    out(fair),
    says({ kind: 'event', id: fair }),
    says({ kind: 'event', id: fair }),
  );
  expect(conflicted).toMatchObject({ verdict: 'conflicted' });
  expect(resolved).toMatchObject({ verdict: 'applied', reason: null });
  expect(again).toMatchObject({ verdict: 'superseded', reason: 'already_there' });
});

it('[OP2] a resolution to an event that is not there is refused', () => {
  const [refused] = decideAll(says({ kind: 'event', id: testId<EventId>('event', 99) }));
  expect(refused).toMatchObject({ verdict: 'refused', reason: 'unknown_event' });
});

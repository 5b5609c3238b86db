import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, StorageLocationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Intent, Operation, ScannedAsset } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { caseIds, eventIds, itemIds, locationIds } from '#test/arbitrary-ledger.ts';
import { codeOf, newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { AssignLabel, LabelTarget } from './label-intents.ts';

const [lamp, dimmer] = itemIds as [AssetId, AssetId];
const [box] = caseIds as [AssetId];
const [gala] = eventIds as [EventId];
const stock: Place = { kind: 'location', id: locationIds[0] as StorageLocationId };
const atGala: Place = { kind: 'event', id: gala };
const bases: readonly AssetBase[] = [lamp, dimmer, box].map((id) => ({ id, baseline: stock }));
const onLamp: LabelTarget = { kind: 'asset', id: lamp };
const onDimmer: LabelTarget = { kind: 'asset', id: dimmer };

/** Decides in the order given; the number is when it happened, in seconds. */
function after(...operations: Operation[]): MemoryLedger {
  const ledger = newLedger(bases);
  for (const operation of operations) decide(ledger, operation);
  return ledger;
}

function decide(ledger: MemoryLedger, operation: Operation) {
  return executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null });
}

const at = (second: number, intent: Intent) => testOperation(second, { intent });
const out = (second: number, asset: ScannedAsset) =>
  at(second, { kind: 'check_out', asset, eventId: gala, overrideReason: null });
const assign = (
  second: number,
  target: LabelTarget,
  { code = 'L-1', observed = null }: Partial<Pick<AssignLabel, 'code' | 'observed'>> = {},
) => at(second, { kind: 'assign_label', code, target, observed });
const takeOff = (second: number) => at(second, { kind: 'retire_label', code: 'L-1', observed: null });
const undo = (second: number, undone: Operation) => at(second, { kind: 'undo', operationId: undone.id });
const unnamed: ScannedAsset = { code: 'L-1', assetId: null, observed: null };
const named = (assetId: AssetId): ScannedAsset => ({ ...unnamed, assetId });

const placesOf = ({ assetsById }: MemoryLedger) =>
  [lamp, dimmer].map((id) => assetsById.get(id)?.state.place);
const labelOf = (ledger: MemoryLedger, code = 'L-1') => ledger.subjectsByKey.get(`labels:${code}`);
const conflictsOf = (ledger: MemoryLedger) => labelOf(ledger)?.conflicts ?? [];

describe('what a code was on', () => {
  it('[LB1] is what its label was put on last before it was read, whatever the device took it for', () => {
    for (const order of [
      [assign(1, onLamp), assign(3, onDimmer, { observed: onLamp }), out(5, named(lamp))],
      [out(5, named(lamp)), assign(3, onDimmer, { observed: onLamp }), assign(1, onLamp)],
    ]) {
      expect(placesOf(after(...order))).toEqual([stock, atGala]);
    }
    const early = after(assign(1, onLamp), assign(3, onDimmer), out(2, named(lamp)));
    expect(placesOf(early)).toEqual([atGala, stock]);
  });

  it('[LB1] [LG26] what the device believed of the other thing is no knowledge of this one', () => {
    const seen: ScannedAsset = { ...named(lamp), observed: { place: atGala, status: 'in_service' } };
    const ledger = after(
      assign(1, onDimmer),
      out(2, named(dimmer)),
      at(3, { kind: 'check_out', asset: seen, eventId: eventIds[1] as EventId, overrideReason: null }),
    );
    expect(ledger.conflictsByAssetId.get(dimmer)).toMatchObject([{ class: 'double_check_out' }]);
    expect(decide(ledger, out(4, named(lamp)))).toMatchObject({ reason: 'conflict_open' });
  });

  it('[LB1] [OP8] is said to whoever scanned by the old label', () => {
    const ledger = after(assign(1, onDimmer));
    expect(decide(ledger, out(2, named(lamp)))).toMatchObject({ verdict: 'applied', reason: 'label_moved' });
  });

  it('[LB2] what the device took it for, where the label says nothing else', () => {
    expect(placesOf(after(takeOff(1), out(2, named(lamp))))).toEqual([atGala, stock]);
    expect(placesOf(after(out(2, named(lamp)), assign(3, onDimmer)))).toEqual([atGala, stock]);
  });

  it('[LB2] an own code as long as no label said otherwise, and an assignment afterwards only then', () => {
    const byCode: ScannedAsset = { code: codeOf(lamp), assetId: null, observed: null };
    const later = assign(5, onDimmer, { code: byCode.code });
    expect(placesOf(after(out(2, byCode), later))).toEqual([atGala, stock]);
    expect(placesOf(after(out(7, byCode), later))).toEqual([stock, atGala]);
    expect(placesOf(after(out(2, unnamed), assign(5, onLamp), assign(6, onDimmer)))).toEqual([atGala, stock]);
  });
});

describe('what was read before it was known', () => {
  it('[LB3] [LB4] takes effect as of then, in any order of arrival, and settles', () => {
    const [sighting, claim] = [out(2, unnamed), assign(5, onLamp)];
    for (const ledger of [after(sighting, claim), after(claim, sighting)]) {
      expect(placesOf(ledger)).toEqual([atGala, stock]);
      expect(ledger.assetsById.get(lamp)?.state).toMatchObject({
        lastMovementId: `${sighting.id}:0`,
        lastMovedAt: testInstant(2),
      });
      expect(conflictsOf(ledger)).toMatchObject([
        { id: `unknown_code:${sighting.id}:0`, status: 'settled', settledByMovementId: `${claim.id}:0` },
      ]);
    }
  });

  it('[LB3] all of a pack or none: it waits for its last code', () => {
    const members = [unnamed, { ...unnamed, code: 'L-2' }];
    const half = after(at(2, { kind: 'pack', caseId: box, members }), assign(5, onLamp));
    expect(placesOf(half)).toEqual([stock, stock]);
    decide(half, assign(6, onDimmer, { code: 'L-2' }));
    expect(placesOf(half)).toEqual([
      { kind: 'case', id: box },
      { kind: 'case', id: box },
    ]);
    expect(half.waitingMovements.size).toBe(0);
  });

  it('[LB3] [LB4] [OP10] goes back to waiting when the claim is taken back, and is gone with its own undo', () => {
    const [sighting, claim] = [out(2, unnamed), assign(5, onLamp)];
    const waiting = after(sighting, claim, undo(6, claim));
    expect(placesOf(waiting)).toEqual([stock, stock]);
    expect(conflictsOf(waiting)).toMatchObject([{ status: 'open' }]);
    for (const order of [
      [sighting, claim, undo(6, sighting)],
      [sighting, undo(6, sighting), claim],
      [claim, sighting, undo(6, sighting)],
    ]) {
      const ledger = after(...order);
      expect(placesOf(ledger)).toEqual([stock, stock]);
      expect(conflictsOf(ledger)).toEqual([]);
    }
  });

  it('[LB3] leaves alone what was pointed out by hand', () => {
    const byHand: ScannedAsset = { ...named(lamp), isByHand: true };
    expect(placesOf(after(assign(1, onDimmer), out(2, byHand)))).toEqual([atGala, stock]);
  });

  it('[OP5] numbers what was read in the order in which it was first named', () => {
    const members = [named(lamp), { ...named(dimmer), code: 'L-2' }, named(lamp)];
    const ledger = after(at(2, { kind: 'pack', caseId: box, members }));
    const idsOf = (id: AssetId) =>
      ledger.movementsByAssetId.get(id)?.map((movement) => movement.id.slice(-2));
    expect([lamp, dimmer].map(idsOf)).toEqual([[':0'], [':1']]);
  });

  it('[LB3] [OP5] counts once what was read by two of its labels', () => {
    const members: ScannedAsset[] = [unnamed, { ...unnamed, code: 'L-2' }];
    const ledger = after(
      at(2, { kind: 'pack', caseId: box, members }),
      assign(3, onLamp),
      assign(4, onLamp, { code: 'L-2' }),
    );
    expect(ledger.movementsByAssetId.get(lamp)).toHaveLength(1);
  });
});

describe('a label', () => {
  it('[LB5] claimed for two things by two people is one for the later, and a conflict until somebody says again', () => {
    const [first, second] = [assign(1, onLamp), assign(2, onDimmer)];
    const ledger = after(second, first);
    expect(conflictsOf(ledger)).toMatchObject([
      { id: `label_on_two:${first.id}:0:${second.id}:0`, class: 'label_on_two', status: 'open', code: 'L-1' },
    ]);
    decide(ledger, assign(3, onLamp, { observed: onDimmer }));
    expect(conflictsOf(ledger).map(({ status }) => status)).toEqual(['settled']);
  });

  it('[LB6] is where it was once everything is taken back', () => {
    const shelf = { id: 'row of S-1', value: 'S-1', location_id: locationIds[0], asset_id: null };
    const claim = assign(1, onLamp, {
      code: 'S-1',
      observed: { kind: 'location', id: shelf.location_id as StorageLocationId },
    });
    const ledger = after(claim);
    const rows = () => rowsOf(labelOf(ledger, 'S-1') ?? { rowsByTable: new Map(), conflicts: [] }, 'labels');
    expect(rows()).toMatchObject([{ id: shelf.id, asset_id: lamp, location_id: null }]);
    decide(ledger, undo(2, claim));
    expect(rows()).toMatchObject([shelf]);
    const blank = assign(3, onLamp);
    decide(ledger, blank);
    decide(ledger, undo(4, blank));
    expect(rowsOf(labelOf(ledger) ?? { rowsByTable: new Map(), conflicts: [] }, 'labels')).toEqual([]);
  });

  it.each([
    ['unknown_asset', { kind: 'asset', id: testId<AssetId>('asset', 99) }],
    ['unknown_location', { kind: 'location', id: testId<StorageLocationId>('location', 99) }],
  ] as const)('[LB7] %s is refused', (reason, target) => {
    expect(decide(newLedger(bases), assign(1, target))).toMatchObject({ verdict: 'refused', reason });
  });
});

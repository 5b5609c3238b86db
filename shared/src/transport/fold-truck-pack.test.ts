import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, ProductId, VehicleId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import { decideOperation } from '#operations/decide-operation.ts';
import type { Intent } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { itemIds } from '#test/arbitrary-ledger.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import { listMark } from './list-mark.ts';
import { packIdOf } from './transport-id.ts';
import type { ConfirmTruckPack } from './transport-intents.ts';

const truck = testId<VehicleId>('vehicle', 1);
const gala = testId<EventId>('event', 1);
const dock: Place = { kind: 'location', id: testId('location', 1) };
const atGala: Place = { kind: 'event', id: gala };
const [lamp, dimmer, rack] = itemIds as [AssetId, AssetId, AssetId];

const scanned = (assetId: AssetId) => ({ code: 'A', assetId, observed: null });
const load = (assetId: AssetId): Intent => ({
  kind: 'load',
  asset: scanned(assetId),
  vehicleId: truck,
  eventId: gala,
  overrideReason: null,
});
const unload = (assetId: AssetId, place: Place): Intent => ({
  kind: 'unload',
  asset: scanned(assetId),
  vehicleId: truck,
  eventId: gala,
  place,
});
const confirm = (...contents: AssetId[]): ConfirmTruckPack => ({
  kind: 'confirm_truck_pack',
  vehicleId: truck,
  eventId: gala,
  contents,
  leftBehind: [],
});
const dispatch: Intent = { kind: 'dispatch', vehicleId: truck, eventIds: [gala] };
const arrive = (place: Place): Intent => ({ kind: 'arrive', vehicleId: truck, place, eventIds: [gala] });

/** Each a second after the other, all from one device unless another is named. */
function after(...intents: readonly (Intent | readonly [Intent, number])[]) {
  const ledger: MemoryLedger = newLedger(
    itemIds.map((id) => ({ id, baseline: { kind: 'location', id: testId('location', 1) } })),
  );
  const operations = intents.map((told, index) => {
    const [intent, user] = Array.isArray(told) ? (told as [Intent, number]) : [told as Intent, 1];
    return testOperation(index + 1, { intent, recordedBy: testId('user', user) });
  });
  const decisions = operations.map((operation) =>
    executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null }),
  );
  const pack = ledger.subjectsByKey.get(subjectKey({ ledger: 'transport', id: packIdOf(truck, gala) }));
  const vehicle = ledger.subjectsByKey.get(subjectKey({ ledger: 'transport', id: truck }));
  return {
    verdicts: decisions.map(({ verdict }) => verdict),
    pack: pack && rowsOf(pack, 'truck_packs')[0],
    vehicle: vehicle && rowsOf(vehicle, 'vehicle_states')[0],
    conflicts: pack?.conflicts ?? [],
  };
}

describe('a truck pack', () => {
  it('[TP1] [TP2] [SL4] is on the road with what it left with, until it stands somewhere', () => {
    expect(after(dispatch)).toMatchObject({
      verdicts: ['applied'],
      vehicle: { on_road_since: testInstant(1), place_id: null, event_ids: JSON.stringify([gala]) },
    });
    expect(after(dispatch, arrive(atGala)).vehicle).toMatchObject({ on_road_since: null, place_id: gala });
  });

  it('[TP3] the first confirmation counts, the second person is a witness who saw the same list or not', () => {
    const { pack } = after(load(lamp), [confirm(lamp), 1], [confirm(lamp), 2], [confirm(lamp, rack), 3]);
    expect(pack).toMatchObject({
      confirmed_by: testId('user', 1),
      confirmed_at: testInstant(2),
      list_mark: listMark([lamp]),
    });
    expect(JSON.parse(pack?.witnesses ?? '')).toMatchObject([
      { by: testId('user', 2), isSameList: true },
      { by: testId('user', 3), isSameList: false },
    ]);
  });

  it('[TP4] what comes on or off afterwards is a change, and opens a question until somebody confirms again', () => {
    const told = [load(lamp), load(dimmer), confirm(lamp, dimmer), load(rack), unload(lamp, dock)];
    const changed = after(...told);
    expect(changed.verdicts.slice(-2)).toEqual(['conflicted', 'conflicted']);
    expect(JSON.parse(changed.pack?.changes ?? '')).toMatchObject([
      { kind: 'load', assetId: rack },
      { kind: 'unload', assetId: lamp },
    ]);
    expect(changed.conflicts).toMatchObject([
      { class: 'truck_changed', status: 'open', eventId: gala },
      { class: 'truck_changed', status: 'open' },
    ]);
    expect(changed.pack?.contents).toBe(JSON.stringify([lamp, dimmer]));
    const settled = after(...told, confirm(dimmer, rack));
    expect(settled.conflicts.map(({ status }) => status)).toEqual(['settled', 'settled']);
  });

  it('[TP4] what is on the list already, or was not on it, is no change', () => {
    expect(after(confirm(lamp), load(lamp), unload(rack, dock)).conflicts).toEqual([]);
  });

  it('[TP3] unloading at the event, or an arrival, ends the trip; loading begins the next', () => {
    const out = [load(lamp), load(dimmer), confirm(lamp, dimmer), unload(lamp, atGala)];
    expect(after(...out, unload(dimmer, atGala))).toMatchObject({
      pack: { confirmed_at: testInstant(3), ended_at: testInstant(4), changes: '[]' },
      conflicts: [],
    });
    expect(after(...out, load(lamp)).pack).toMatchObject({ confirmed_at: null, ended_at: null });
    expect(after(...out.slice(0, 3), arrive(atGala), unload(lamp, dock)).conflicts).toEqual([]);
  });

  it('[TP5] keeps what was left behind and why', () => {
    const leftBehind = [{ productId: testId<ProductId>('product', 1), count: 2, why: 'follows' as const }];
    const { pack } = after({ ...confirm(lamp), leftBehind });
    expect(JSON.parse(pack?.left_behind ?? '')).toEqual(leftBehind);
  });

  it.each([
    ['unknown_vehicle', { ...dispatch, vehicleId: testId('vehicle', 99) }],
    ['unknown_event', { ...dispatch, eventIds: [testId('event', 99)] }],
    ['unknown_location', arrive({ kind: 'location', id: testId('location', 99) })],
  ])('[TP6] %s is refused', (reason, intent) => {
    const operation = testOperation(1, { intent: intent as Intent });
    const context = { effectiveAt: operation.recordedAt, receivedAt: null };
    expect(decideOperation(operation, newLedger([]), context)).toMatchObject({ verdict: 'refused', reason });
  });

  it('has one mark whatever the order of its list', () => {
    expect(listMark([lamp, rack, lamp])).toBe(listMark([rack, lamp]));
    expect(listMark([lamp])).not.toBe(listMark([rack]));
    expect(listMark([])).toMatch(/^[0-9a-f]{16}$/);
  });
});

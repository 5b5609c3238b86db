import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, StorageLocationId, VehicleId } from '#kernel/ids.ts';
import { testId } from '#test/test-ids.ts';
import { testMovement } from '#test/test-movement.ts';
import type { AssetState, Place } from './asset-state.ts';
import { foldAssets } from './fold-assets.ts';
import type { Movement } from './movement.ts';

const lamp = testId<AssetId>('asset', 1);
const gala = testId<EventId>('event', 1);
const fair = testId<EventId>('event', 2);
const shelf: Place = { kind: 'location', id: testId<StorageLocationId>('location', 1) };
const dock: Place = { kind: 'location', id: testId<StorageLocationId>('location', 2) };
const atGala: Place = { kind: 'event', id: gala };
const atFair: Place = { kind: 'event', id: fair };
const truck: Place = { kind: 'vehicle', id: testId<VehicleId>('vehicle', 1) };
const van: Place = { kind: 'vehicle', id: testId<VehicleId>('vehicle', 2) };

const load = (n: number, to: Place, eventId: EventId | null, more: Partial<Movement> = {}) =>
  testMovement(n, { kind: 'load', to, eventId, ...more });
const unload = (n: number, to: Place) => testMovement(n, { kind: 'unload', to });
const out = (n: number, to: Place) => testMovement(n, { kind: 'check_out', to });
const says = (n: number, kind: Movement['kind'], more: Partial<Movement> = {}) =>
  testMovement(n, { kind, to: null, ...more });

function foldLamp(...movements: Movement[]) {
  const { statesById, conflicts } = foldAssets([{ id: lamp, baseline: shelf }], movements);
  return { state: statesById.get(lamp) as AssetState, conflicts };
}

describe('what goes by vehicle', () => {
  it('[LG24] is on it, out for the event it was loaded for, then at the event, back on it, and home', () => {
    const way = [load(1, truck, gala), unload(2, atGala), load(3, truck, gala), unload(4, dock)];
    const states = way.map((_, k) => foldLamp(...way.slice(0, k + 1)));
    expect(states.map(({ state }) => [state.place, state.eventId])).toEqual([
      [truck, gala],
      [atGala, gala],
      [truck, gala],
      [dock, null],
    ]);
    expect(states.at(-1)?.conflicts).toEqual([]);
  });

  it('[LG24] rides along for none; another fact that puts it on a vehicle leaves what it is out for', () => {
    expect(foldLamp(load(1, van, null)).state).toMatchObject({ place: van, eventId: null });
    const found = testMovement(2, { kind: 'found', to: van });
    expect(foldLamp(out(1, atGala), found).state).toMatchObject({ place: van, eventId: gala });
  });

  it('[LG24] [LG8] loaded again onto the same vehicle is no news, for another event it is', () => {
    expect(foldLamp(load(1, truck, gala), load(2, truck, gala)).conflicts).toEqual([]);
    const { state, conflicts } = foldLamp(load(1, truck, gala), load(2, truck, fair));
    expect(state).toMatchObject({ place: truck, eventId: fair });
    expect(conflicts).toMatchObject([{ class: 'double_check_out', eventId: fair }]);
  });

  it('[LG11] loading what is out for this event is no double check-out, for another it is, unless known', () => {
    expect(foldLamp(out(1, atGala), load(2, truck, gala)).conflicts).toEqual([]);
    expect(foldLamp(load(1, truck, gala), out(2, atGala)).conflicts).toEqual([]);
    expect(foldLamp(load(1, truck, gala), unload(2, atFair)).conflicts).toMatchObject([
      { class: 'double_check_out', firstMovementId: load(1, truck, gala).id },
    ]);
    const knowing = { observed: { place: atGala, status: 'in_service' } } as const;
    expect(foldLamp(out(1, atGala), load(2, truck, fair, knowing)).conflicts).toEqual([]);
  });

  it.each([
    ['quarantined', says(1, 'quarantine')],
    ['in repair', says(1, 'repair_start')],
    ['failed', says(1, 'inspection_result', { outcome: 'failed' })],
    [
      'overdue',
      says(1, 'inspection_result', { outcome: 'passed', inspectionDueAt: says(2, 'open').effectiveAt }),
    ],
  ])('[LG17] what is %s went out by load and check-out, and rides along for no event freely', (_, why) => {
    const blocked = [{ class: 'blocked_went_out', eventId: gala }];
    expect(foldLamp(why, load(3, truck, gala)).conflicts).toMatchObject(blocked);
    expect(foldLamp(why, out(3, atGala)).conflicts).toMatchObject(blocked);
    expect(foldLamp(why, load(3, van, null)).conflicts).toEqual([]);
  });

  it('[LG17] what broke at the event comes home by vehicle without alarm', () => {
    const { conflicts } = foldLamp(out(1, atGala), says(2, 'quarantine'), load(3, truck, gala));
    expect(conflicts).toEqual([]);
  });

  it('[LG21] a sighting finds what was lost, opens nothing and settles what was open', () => {
    const lost = testMovement(1, { kind: 'check_in', to: dock, disposition: 'lost' });
    const seen = testMovement(2, { kind: 'found', to: atFair });
    expect(foldLamp(lost, seen)).toMatchObject({
      state: { status: 'in_service', place: atFair, eventId: fair },
      conflicts: [],
    });
    const settled = foldLamp(out(1, atGala), out(2, atFair), testMovement(3, { kind: 'found', to: atGala }));
    expect(settled.conflicts).toMatchObject([{ class: 'double_check_out', status: 'settled' }]);
  });
});

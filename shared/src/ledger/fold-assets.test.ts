import { describe, expect, it } from 'vitest';
import type { AssetId, DeviceId, EventId, OperationId, StorageLocationId } from '#kernel/ids.ts';
import type { Observed } from '#operations/operation.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testMovement } from '#test/test-movement.ts';
import type { AssetState, Place } from './asset-state.ts';
import { compareMovements } from './compare-movements.ts';
import { foldAssets } from './fold-assets.ts';
import type { Movement } from './movement.ts';

const lamp = testId<AssetId>('asset', 1);
const case1 = testId<AssetId>('case', 1);
const case2 = testId<AssetId>('case', 2);
const case3 = testId<AssetId>('case', 3);
const shelf: Place = { kind: 'location', id: testId<StorageLocationId>('location', 1) };
const dock: Place = { kind: 'location', id: testId<StorageLocationId>('location', 2) };
const gala: Place = { kind: 'event', id: testId<EventId>('event', 1) };
const fair: Place = { kind: 'event', id: testId<EventId>('event', 2) };
const inCase1: Place = { kind: 'case', id: case1 };
const inCase2: Place = { kind: 'case', id: case2 };
const inCase3: Place = { kind: 'case', id: case3 };

const outTo = (n: number, to: Place, more: Partial<Movement> = {}) =>
  testMovement(n, { kind: 'check_out', to, ...more });
const backTo = (n: number, to: Place, disposition: Movement['disposition'] = 'ok') =>
  testMovement(n, { kind: 'check_in', to, disposition });
const movedTo = (n: number, to: Place) => testMovement(n, { kind: 'move', to });
const packedInto = (n: number, to: Place, more: Partial<Movement> = {}) =>
  testMovement(n, { kind: 'pack', to, ...more });
const takenBack = (n: number, undone: number, more: Partial<Movement> = {}) =>
  testMovement(n, {
    kind: 'undo',
    to: null,
    undoesOperationId: testId<OperationId>('operation', undone),
    ...more,
  });
const sawAt = (place: Place): { observed: Observed } => ({ observed: { place, status: 'in_service' } });

function foldLamp(...movements: Movement[]) {
  const { statesById, conflicts } = foldAssets([{ id: lamp, baseline: shelf }], movements);
  return { state: statesById.get(lamp) as AssetState, conflicts };
}

function foldCases(...movements: Movement[]) {
  return foldAssets(
    [case1, case2, case3].map((id) => ({ id, baseline: shelf })),
    movements,
  );
}

describe('which facts count', () => {
  it('[LG1] orders by time, then device, then sequence, then id', () => {
    const first = testMovement(1, { kind: 'move', to: dock });
    const sameTime: Partial<Movement> = { effectiveAt: first.effectiveAt };
    const bySequence = testMovement(2, { kind: 'move', to: dock, ...sameTime, sequence: 10 });
    const byId = { ...bySequence, id: `${bySequence.id}1` as Movement['id'] };
    const byDevice = { ...first, deviceId: testId<DeviceId>('device', 2), sequence: 0 };
    const byTime = { ...first, effectiveAt: testInstant(2), sequence: 0 };
    const ordered = [first, bySequence, byId, byDevice, byTime];
    expect(ordered.toReversed().sort(compareMovements)).toEqual(ordered);
  });

  it('[LG1] a fact told late takes its place in time', () => {
    const { state } = foldLamp(backTo(5, dock), outTo(2, gala));
    expect(state.place).toEqual(dock);
  });

  it('[LG2] a fact that is there twice counts once', () => {
    expect(foldLamp(outTo(1, gala), outTo(1, gala))).toEqual(foldLamp(outTo(1, gala)));
  });

  it('[LG3] an undone fact does not count, nor does what it settled', () => {
    const { state, conflicts } = foldLamp(outTo(1, gala), outTo(2, fair), backTo(3, dock), takenBack(4, 3));
    expect(state).toMatchObject({ place: fair, lastMovementId: outTo(2, fair).id });
    expect(conflicts).toMatchObject([{ class: 'double_check_out', status: 'open' }]);
  });

  it('[LG3] takes nothing back of another device or for another asset', () => {
    const ofOthers = [
      takenBack(2, 1, { deviceId: testId<DeviceId>('device', 2) }),
      takenBack(3, 1, { assetId: case1 }),
    ];
    expect(foldLamp(outTo(1, gala), ...ofOthers).state.place).toEqual(gala);
  });

  it('refuses a fact that leads nowhere, which no operation writes', () => {
    expect(() => foldLamp({ ...outTo(1, gala), to: null })).toThrow('leads nowhere');
  });
});

describe('where an asset is', () => {
  it('[LG4] [LG5] goes to the event and comes back to the location', () => {
    expect(foldLamp(outTo(1, gala)).state.place).toEqual(gala);
    expect(foldLamp(outTo(1, gala), backTo(2, dock)).state.place).toEqual(dock);
    expect(foldLamp(outTo(1, gala), movedTo(2, dock)).state.place).toEqual(dock);
  });

  it('[LG5] a check-in of what was not out corrects the location, without a conflict', () => {
    const { state, conflicts } = foldLamp(backTo(1, dock));
    expect(state).toMatchObject({ place: dock, status: 'in_service' });
    expect(conflicts).toEqual([]);
  });

  it('[LG6] stays in its case wherever the case goes', () => {
    const caseGoes = outTo(2, gala, { assetId: case1 });
    expect(foldLamp(packedInto(1, inCase1), caseGoes).state.place).toEqual(inCase1);
  });

  it('[LG7] lies where it was taken out, even when the case is said to have been elsewhere', () => {
    const takenOut = testMovement(3, { kind: 'unpack', to: gala });
    const lateNews = outTo(2, fair, { assetId: case1 });
    const { statesById } = foldAssets(
      [
        { id: lamp, baseline: inCase1 },
        { id: case1, baseline: shelf },
      ],
      [takenOut, lateNews],
    );
    expect(statesById.get(lamp)?.place).toEqual(gala);
    expect(statesById.get(case1)?.place).toEqual(fair);
  });

  it('[LG8] scanning it out to the same event again has no effect and is no conflict', () => {
    const { state, conflicts } = foldLamp(outTo(1, gala), outTo(2, gala), outTo(3, fair));
    expect(state.place).toEqual(fair);
    expect(conflicts).toMatchObject([{ firstMovementId: outTo(1, gala).id }]);
  });

  it('[LG18] tells the newest fact, also one that changed nothing, and none where none counts', () => {
    expect(foldLamp(outTo(1, gala), outTo(2, gala)).state).toMatchObject({
      lastMovementId: outTo(2, gala).id,
      lastMovedAt: testInstant(2),
    });
    expect(foldLamp(outTo(1, gala), takenBack(2, 1)).state).toMatchObject({
      lastMovementId: null,
      lastMovedAt: null,
    });
  });
});

describe('how an asset is', () => {
  it.each([
    ['ok', 'in_service', 'ok'],
    ['damaged', 'quarantined', 'damaged'],
    ['lost', 'lost', 'ok'],
    ['consumed', 'retired', 'ok'],
  ] as const)('[LG9] comes back %s: %s', (disposition, status, condition) => {
    expect(foldLamp(outTo(1, gala), backTo(2, dock, disposition)).state).toMatchObject({
      status,
      condition,
    });
  });

  it('[LG9] stays quarantined when it comes back ok later', () => {
    expect(foldLamp(backTo(1, dock, 'damaged'), backTo(2, dock, 'ok')).state).toMatchObject({
      status: 'quarantined',
      condition: 'damaged',
    });
  });

  it('[LG9] retired is for good, but it can be seen elsewhere', () => {
    expect(foldLamp(backTo(1, dock, 'consumed'), backTo(2, shelf, 'lost')).state).toMatchObject({
      status: 'retired',
      place: shelf,
    });
  });

  it('[LG10] any fact finds a lost asset, without a conflict', () => {
    const lost = backTo(1, dock, 'lost');
    for (const seen of [movedTo(2, shelf), backTo(2, dock), outTo(2, gala), packedInto(2, inCase1)]) {
      const { state, conflicts } = foldLamp(lost, seen);
      expect(state.status).toBe('in_service');
      expect(conflicts).toEqual([]);
    }
  });

  it('[LG10] [LG17] what was damaged when it got lost is found quarantined, and blocked from going out', () => {
    const damagedAndLost = [backTo(1, dock, 'damaged'), backTo(2, dock, 'lost')];
    expect(foldLamp(...damagedAndLost, movedTo(3, shelf)).state.status).toBe('quarantined');
    expect(foldLamp(...damagedAndLost, outTo(3, gala)).conflicts).toMatchObject([
      { class: 'blocked_went_out' },
    ]);
  });
});

describe('conflicts', () => {
  it('[LG11] [LG14] out to two events: the newer stands, both facts are named', () => {
    const { state, conflicts } = foldLamp(outTo(1, gala), outTo(2, fair, sawAt(shelf)));
    expect(state.place).toEqual(fair);
    expect(conflicts).toEqual([
      {
        id: `double_check_out:${outTo(1, gala).id}:${outTo(2, fair).id}`,
        class: 'double_check_out',
        status: 'open',
        assetId: lamp,
        otherAssetId: null,
        firstMovementId: outTo(1, gala).id,
        secondMovementId: outTo(2, fair).id,
        settledByMovementId: null,
        operationId: null,
        eventId: fair.id,
        code: null,
        subject: null,
        detail: null,
        openedAt: testInstant(2),
      },
    ]);
  });

  it('[LG11] no conflict where the device saw it on the other event and took it all the same', () => {
    expect(foldLamp(outTo(1, gala), outTo(2, fair, sawAt(gala))).conflicts).toEqual([]);
  });

  it('[LG14] where history starts on an event, the baseline is the first cause', () => {
    const { conflicts } = foldAssets([{ id: lamp, baseline: gala }], [outTo(1, fair)]);
    expect(conflicts[0]?.id).toBe(`double_check_out:baseline:${outTo(1, fair).id}`);
  });

  it('[LG16] packed into two cases: the newer stands, unless the device saw it in the other', () => {
    const unaware = foldLamp(packedInto(1, inCase1), packedInto(2, inCase2));
    expect(unaware.state.place).toEqual(inCase2);
    expect(unaware.conflicts).toMatchObject([{ class: 'two_cases', status: 'open' }]);
    expect(foldLamp(packedInto(1, inCase1), packedInto(2, inCase2, sawAt(inCase1))).conflicts).toEqual([]);
  });

  it.each(['damaged', 'consumed'] as const)(
    '[LG17] what came back %s went out: it stands, with alarm',
    (bad) => {
      const { state, conflicts } = foldLamp(
        backTo(1, dock, bad),
        outTo(2, gala, { overrideReason: 'no other left' }),
      );
      expect(state.place).toEqual(gala);
      expect(conflicts).toMatchObject([{ class: 'blocked_went_out', status: 'open', eventId: gala.id }]);
    },
  );

  it('[LG12] two cases in one another: the later fact loses its nesting and nothing else', () => {
    const first = packedInto(1, inCase2, { assetId: case1 });
    const second = packedInto(2, inCase1, { assetId: case2 });
    const { statesById, conflicts } = foldCases(second, first);
    expect(statesById.get(case1)?.place).toEqual(inCase2);
    expect(statesById.get(case2)).toMatchObject({ place: shelf, lastMovementId: second.id });
    expect(conflicts).toMatchObject([
      {
        class: 'case_in_itself',
        assetId: case2,
        otherAssetId: case1,
        firstMovementId: first.id,
        secondMovementId: second.id,
      },
    ]);
  });

  it('[LG12] through a third case, and directly', () => {
    const around = foldCases(
      packedInto(1, inCase2, { assetId: case1 }),
      packedInto(2, inCase3, { assetId: case2 }),
      packedInto(3, inCase1, { assetId: case3 }),
    );
    expect(around.conflicts).toMatchObject([
      { class: 'case_in_itself', assetId: case3, firstMovementId: packedInto(2, inCase3).id },
    ]);
    const direct = foldCases(packedInto(1, inCase1, { assetId: case1 }));
    expect(direct.conflicts).toMatchObject([{ assetId: case1, otherAssetId: case1 }]);
    expect(direct.statesById.get(case1)?.place).toEqual(shelf);
  });

  it('[LG12] undoing the first makes room for the second', () => {
    const { statesById, conflicts } = foldCases(
      packedInto(1, inCase2, { assetId: case1 }),
      packedInto(2, inCase1, { assetId: case2 }),
      takenBack(3, 1, { assetId: case1 }),
    );
    expect(statesById.get(case2)?.place).toEqual(inCase1);
    expect(conflicts).toEqual([]);
  });

  it('ends where the baselines themselves are a circle', () => {
    const { statesById } = foldAssets(
      [
        { id: case1, baseline: inCase2 },
        { id: case2, baseline: inCase1 },
      ],
      [packedInto(1, inCase1, { assetId: case3 }), movedTo(2, dock)],
    );
    expect(statesById.get(case1)?.place).toEqual(inCase2);
  });

  it('[LG13] the next fact about the asset settles what was open', () => {
    const { conflicts } = foldLamp(outTo(1, gala), outTo(2, fair), backTo(3, dock), backTo(4, shelf));
    expect(conflicts).toMatchObject([{ status: 'settled', settledByMovementId: backTo(3, dock).id }]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, StorageLocationId } from '#kernel/ids.ts';
import { testId } from '#test/test-ids.ts';
import { testMovement } from '#test/test-movement.ts';
import type { AssetState, Place } from './asset-state.ts';
import { foldAssets } from './fold-assets.ts';
import type { Movement, StatusKind } from './movement.ts';

const lamp = testId<AssetId>('asset', 1);
const shelf: Place = { kind: 'location', id: testId<StorageLocationId>('location', 1) };
const dock: Place = { kind: 'location', id: testId<StorageLocationId>('location', 2) };
const gala: Place = { kind: 'event', id: testId<EventId>('event', 1) };
const fair: Place = { kind: 'event', id: testId<EventId>('event', 2) };

const says = (n: number, kind: StatusKind) => testMovement(n, { kind, to: null });
const outTo = (n: number, to: Place) => testMovement(n, { kind: 'check_out', to });
const backTo = (n: number, disposition: Movement['disposition']) =>
  testMovement(n, { kind: 'check_in', to: dock, disposition });

function foldLamp(...movements: Movement[]) {
  const { statesById, conflicts } = foldAssets([{ id: lamp, baseline: shelf }], movements);
  return { state: statesById.get(lamp) as AssetState, conflicts };
}

describe('what says how an asset is', () => {
  it.each([
    ['quarantine', 'quarantined'],
    ['release', 'in_service'],
    ['retire', 'retired'],
  ] as const)('[LG19] [LG18] a %s makes it %s where it lies, and is the newest fact', (kind, status) => {
    const { state, conflicts } = foldLamp(outTo(1, gala), says(2, kind));
    expect(state).toMatchObject({ status, place: gala, lastMovementId: says(2, kind).id });
    expect(conflicts).toEqual([]);
  });

  it('[LG19] a release mends what came back damaged; damaged again it is held back again', () => {
    expect(foldLamp(backTo(1, 'damaged'), says(2, 'release')).state).toMatchObject({
      status: 'in_service',
      condition: 'ok',
    });
    expect(foldLamp(backTo(1, 'damaged'), says(2, 'release'), backTo(3, 'damaged')).state).toMatchObject({
      status: 'quarantined',
      condition: 'damaged',
    });
  });

  it('[LG19] [LG9] no release brings back what was retired', () => {
    expect(foldLamp(says(1, 'retire'), says(2, 'release')).state.status).toBe('retired');
  });

  it('[LG10] what was quarantined when it got lost is found quarantined; released, it is not', () => {
    expect(foldLamp(says(1, 'quarantine'), backTo(2, 'lost'), backTo(3, 'ok')).state.status).toBe(
      'quarantined',
    );
    const released = [says(1, 'quarantine'), says(2, 'release'), backTo(3, 'lost'), backTo(4, 'ok')];
    expect(foldLamp(...released).state.status).toBe('in_service');
  });

  it('[LG17] what was quarantined before it went out was blocked, however late that is told', () => {
    expect(foldLamp(outTo(2, gala), says(1, 'quarantine')).conflicts).toMatchObject([
      { class: 'blocked_went_out', status: 'open' },
    ]);
  });

  it('[LG21] a resolution says where it is, settles what was open and opens nothing', () => {
    const said = testMovement(3, { kind: 'resolve', to: gala });
    const { state, conflicts } = foldLamp(outTo(1, gala), outTo(2, fair), said);
    expect(state).toMatchObject({ place: gala, lastMovementId: said.id });
    expect(conflicts).toMatchObject([
      { class: 'double_check_out', status: 'settled', settledByMovementId: said.id },
    ]);
  });

  it('[LG20] it answers whether a blocked asset may be out, and not which event has it', () => {
    const { conflicts } = foldLamp(says(1, 'quarantine'), outTo(2, gala), outTo(3, fair), says(4, 'release'));
    const statusOf = (name: string) => conflicts.filter((one) => one.class === name).at(-1);
    expect(statusOf('blocked_went_out')).toMatchObject({
      status: 'settled',
      settledByMovementId: says(4, 'release').id,
    });
    expect(statusOf('double_check_out')).toMatchObject({ status: 'open' });
  });
});

import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, StorageLocationId } from '#kernel/ids.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testMovement } from '#test/test-movement.ts';
import type { AssetState, Place } from './asset-state.ts';
import { foldAssets } from './fold-assets.ts';
import type { Movement } from './movement.ts';

const lamp = testId<AssetId>('asset', 1);
const shelf: Place = { kind: 'location', id: testId<StorageLocationId>('location', 1) };
const dock: Place = { kind: 'location', id: testId<StorageLocationId>('location', 2) };
const gala: Place = { kind: 'event', id: testId<EventId>('event', 1) };

const says = (n: number, kind: Movement['kind'], more: Partial<Movement> = {}) =>
  testMovement(n, { kind, to: null, ...more });
const inspected = (n: number, outcome: Movement['outcome'], dueIn: number | null = null) =>
  says(n, 'inspection_result', { outcome, inspectionDueAt: dueIn === null ? null : testInstant(dueIn) });
const backTo = (n: number, disposition: Movement['disposition']) =>
  testMovement(n, { kind: 'check_in', to: dock, disposition });

function stateOf(...movements: Movement[]): AssetState {
  return foldAssets([{ id: lamp, baseline: shelf }], movements).statesById.get(lamp) as AssetState;
}

describe('repairs and inspections', () => {
  it('[LG22] a repair holds it where it lies, and mends what came back damaged', () => {
    const begun = [backTo(1, 'damaged'), says(2, 'repair_start')];
    expect(stateOf(...begun)).toMatchObject({ status: 'in_repair', condition: 'damaged', place: dock });
    expect(stateOf(...begun, says(3, 'repair_done'))).toMatchObject({
      status: 'in_service',
      condition: 'ok',
    });
  });

  it('[LG22] [LG19] damaged or held back again it is no longer in repair; a release ends a repair too', () => {
    expect(stateOf(says(1, 'repair_start'), backTo(2, 'damaged')).status).toBe('quarantined');
    expect(stateOf(says(1, 'repair_start'), says(2, 'quarantine')).status).toBe('quarantined');
    expect(stateOf(says(1, 'repair_start'), says(2, 'release')).status).toBe('in_service');
    expect(stateOf(says(1, 'repair_start'), backTo(2, 'ok')).status).toBe('in_repair');
  });

  it('[LG23] what failed is held back through a repair, until it passes or is released', () => {
    const failed = [inspected(1, 'failed'), says(2, 'repair_start'), says(3, 'repair_done')];
    expect(stateOf(inspected(1, 'failed')).status).toBe('quarantined');
    expect(stateOf(...failed).status).toBe('quarantined');
    expect(stateOf(...failed, inspected(4, 'passed')).status).toBe('in_service');
    expect(stateOf(...failed, says(4, 'release')).status).toBe('in_service');
    expect(stateOf(says(1, 'quarantine'), inspected(2, 'passed')).status).toBe('quarantined');
  });

  it('[LG22] [LG23] a pass sets or takes away the date; a repair sets it only where it names one', () => {
    const due = (...movements: Movement[]) => stateOf(...movements).inspectionDueAt;
    const passed = inspected(1, 'passed', 50);
    expect(due(passed)).toBe(testInstant(50));
    expect(due(passed, inspected(2, 'passed'))).toBeNull();
    expect(due(passed, inspected(2, 'failed', 70))).toBe(testInstant(50));
    expect(due(passed, says(2, 'repair_done'))).toBe(testInstant(50));
    expect(due(passed, says(2, 'repair_done', { inspectionDueAt: testInstant(90) }))).toBe(testInstant(90));
  });

  it('[LG10] what got lost in repair is in repair when it is seen again', () => {
    const lost = [says(1, 'repair_start'), backTo(2, 'lost')];
    expect(stateOf(...lost).status).toBe('lost');
    expect(stateOf(...lost, testMovement(3, { kind: 'found', to: gala })).status).toBe('in_repair');
  });

  it('[LG20] a repair done settles that it went out blocked', () => {
    const movements = [says(1, 'repair_start'), testMovement(2, { kind: 'check_out', to: gala })];
    const fold = (...more: Movement[]) =>
      foldAssets([{ id: lamp, baseline: shelf }], [...movements, ...more]).conflicts;
    expect(fold()).toMatchObject([{ class: 'blocked_went_out', status: 'open' }]);
    expect(fold(says(3, 'repair_done'))).toMatchObject([{ status: 'settled' }]);
  });

  it('[LG25] a case stays sealed wherever it goes, until it is opened; sealing settles nothing', () => {
    const sealed = says(1, 'seal', { contents: [testId('asset', 2)] });
    const blocked = [says(2, 'quarantine'), testMovement(3, { kind: 'check_out', to: gala })];
    expect(stateOf(sealed, ...blocked)).toMatchObject({ sealedBy: sealed.id, place: gala });
    expect(stateOf(sealed, ...blocked, says(4, 'open')).sealedBy).toBeNull();
    const again = says(4, 'seal', { contents: [] });
    const fold = foldAssets([{ id: lamp, baseline: shelf }], [sealed, ...blocked, again]);
    expect(fold.statesById.get(lamp)?.sealedBy).toBe(again.id);
    expect(fold.conflicts).toMatchObject([{ class: 'blocked_went_out', status: 'open' }]);
  });
});

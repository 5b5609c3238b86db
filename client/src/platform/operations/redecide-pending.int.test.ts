import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import { decideOperation } from '@eventkit/shared/operations/decide-operation.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { emptyWorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { rowOfAsset, rowOfConflict, rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countLocks } from '#platform/testing/count-locks.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import {
  assetIdOf,
  ben,
  caseIdOf,
  checkOut,
  codeOf,
  dock,
  fair,
  gala,
  newAsset,
  newStock,
  scanOf,
  shelf,
} from '#platform/testing/test-stock.ts';
import { recordOperation } from './record-operation.ts';
import { redecidePending } from './redecide-pending.ts';

describe('deciding again when the rows below a guess change', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 4, caseCount: 2 }));
  });
  afterEach(() => device.close());

  const record = async (intent: Intent) => {
    const recorded = await recordOperation(device.capabilities, intent);
    if (!recorded.ok) throw new Error(recorded.error.problem);
    device.clock.advance(1_000);
    return recorded.value;
  };
  const conflicts = () =>
    device.replica.getAll<{ class: string; status: string }>('SELECT class, status FROM conflicts_now');
  const placeOf = async (id: string) =>
    (await device.replica.get<{ place_id: string }>('SELECT place_id FROM assets_now WHERE id = ?', [id]))
      .place_id;

  it('sees the conflict with somebody’s earlier check-out as soon as that is known', async () => {
    await record(checkOut(1, gala));
    expect(await conflicts()).toEqual([]);

    await download(device.replica, elsewhere(checkOut(1, fair), '2026-11-22T11:00:00.000000Z', 1));
    expect(await placeOf(assetIdOf(1))).toBe(gala);
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
    expect(await placeOf(assetIdOf(1))).toBe(gala);
    expect(await conflicts()).toEqual([{ class: 'double_check_out', status: 'open' }]);
  });

  it('lets a later fact of somebody else stand', async () => {
    await record(checkOut(1, gala));
    await download(device.replica, elsewhere(checkOut(1, fair), '2026-11-22T13:00:00.000000Z', 1));
    await redecidePending(device.replica, device.capabilities.findDeciding);
    expect(await placeOf(assetIdOf(1))).toBe(fair);
  });

  it('keeps several pending operations on one row in their order, and leaves the others alone', async () => {
    await record(checkOut(1, gala));
    await record({ kind: 'move', asset: scanOf(2), locationId: dock });
    await record({ kind: 'move', asset: scanOf(1), locationId: dock });
    await record(checkOut(1, fair));
    const untouched = () =>
      device.replica.getAll('SELECT seq FROM assets_overlay WHERE id = ?', [assetIdOf(2)]);
    const before = await untouched();

    await download(
      device.replica,
      elsewhere({ kind: 'move', asset: scanOf(1), locationId: dock }, '2026-11-22T11:00:00.000000Z', 1),
    );
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(3);
    expect(await placeOf(assetIdOf(1))).toBe(fair);
    expect(await untouched()).toEqual(before);
    const rows = await device.replica.get<{ count: number }>(
      'SELECT count(*) AS count FROM movements_overlay WHERE asset_id = ?',
      [assetIdOf(1)],
    );
    expect(rows.count).toBe(3);
  });

  it('decides a guess again that was built on one the server refused', async () => {
    const packed = await record({ kind: 'pack', caseId: caseIdOf(1), members: [scanOf(1)] });
    await record({
      kind: 'check_out',
      asset: { ...scanOf(1), observed: { place: { kind: 'case', id: caseIdOf(1) }, status: 'in_service' } },
      eventId: gala,
      overrideReason: null,
    });
    await download(device.replica, [
      { table: 'operations', rows: [verdictRow(packed.operation, 'refused')] },
    ]);
    // The asset and its label.
    expect(await device.replica.getAll('SELECT * FROM dirty_subjects')).toHaveLength(2);
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
    expect(await placeOf(assetIdOf(1))).toBe(gala);
    expect(await device.replica.getAll('SELECT kind FROM movements_now')).toEqual([{ kind: 'check_out' }]);
  });

  it('follows a pack that ties several assets together', async () => {
    await record({ kind: 'pack', caseId: caseIdOf(1), members: [scanOf(1), scanOf(2)] });
    await record({ kind: 'move', asset: scanOf(2), locationId: dock });
    await download(device.replica, elsewhere(checkOut(1, fair), '2026-11-22T13:00:00.000000Z', 1));
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(2);
    expect(await placeOf(assetIdOf(1))).toBe(fair);
    expect(await placeOf(assetIdOf(2))).toBe(dock);
  });

  it('[LB3] looks again at the thing that a guess about a label took a reading away from', async () => {
    const label = { code: codeOf('A', 1), observed: null } as const;
    await record({ kind: 'assign_label', ...label, target: { kind: 'asset', id: assetIdOf(2) } });
    await download(device.replica, elsewhere(checkOut(1, fair), '2026-11-22T13:00:00.000000Z', 1));
    await redecidePending(device.replica, device.capabilities.findDeciding);
    expect([await placeOf(assetIdOf(1)), await placeOf(assetIdOf(2))]).toEqual([shelf, fair]);

    // By the server, which knows nothing of the label yet, this was before the check-out: no row of the asset changes.
    const byHand = { ...scanOf(1), isByHand: true } as const;
    const [, moved] = elsewhere(
      { kind: 'move', asset: byHand, locationId: dock },
      '2026-11-22T12:30:00.000000Z',
      1,
      2,
    );
    await download(device.replica, moved === undefined ? [] : [moved]);
    await redecidePending(device.replica, device.capabilities.findDeciding);
    expect([await placeOf(assetIdOf(1)), await placeOf(assetIdOf(2))]).toEqual([dock, fair]);
  });

  it('[LB3] looks again at a thing that lost a reading without a difference, when what hid the difference is gone', async () => {
    const label = { code: codeOf('A', 1), observed: null } as const;
    await record({ kind: 'assign_label', ...label, target: { kind: 'asset', id: assetIdOf(2) } });
    const emre = anotherDevice(1);
    const byHand = { ...scanOf(1), isByHand: true } as const;
    await download(device.replica, emre.does(checkOut(1, fair), '2026-11-22T13:00:00.000000Z'));
    const moved = emre.does({ kind: 'move', asset: byHand, locationId: dock }, '2026-11-22T13:30:00.000000Z');
    await download(device.replica, moved);
    await redecidePending(device.replica, device.capabilities.findDeciding);
    expect([await placeOf(assetIdOf(1)), await placeOf(assetIdOf(2))]).toEqual([dock, fair]);

    // By the server, which knows nothing of the label yet, it is at the fair again.
    const undone = { kind: 'undo', operationId: idOf(30, 2) as OperationId } as const;
    await download(device.replica, emre.does(undone, '2026-11-22T13:40:00.000000Z'));
    await redecidePending(device.replica, device.capabilities.findDeciding);
    expect([await placeOf(assetIdOf(1)), await placeOf(assetIdOf(2))]).toEqual([shelf, fair]);
  });

  it('[LG12] sees that a case was packed into one that somebody had packed into it', async () => {
    await record(packed(1, 2));
    await download(device.replica, anotherDevice(twoCases).does(packed(2, 1), '2026-11-22T11:00:00.000000Z'));
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
    expect([await placeOf(caseIdOf(1)), await placeOf(caseIdOf(2))]).toEqual([shelf, caseIdOf(1)]);
    expect(await conflicts()).toEqual([{ class: 'case_in_itself', status: 'open' }]);
  });

  it('[LG12] sees that a case could be packed after all, as what lay in it had been taken out here before', async () => {
    const emre = anotherDevice(twoCases);
    await download(device.replica, emre.does(packed(2, 1), '2026-11-22T11:00:00.000000Z'));
    await record({ kind: 'move', asset: caseScan(2), locationId: dock });
    // By the server, which does not know yet that case 2 was taken out, case 1 would lie in itself.
    await download(device.replica, emre.does(packed(1, 2), '2026-11-22T13:00:00.000000Z'));
    expect(await conflicts()).toEqual([{ class: 'case_in_itself', status: 'open' }]);
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
    expect([await placeOf(caseIdOf(1)), await placeOf(caseIdOf(2))]).toEqual([caseIdOf(2), dock]);
    expect(await conflicts()).toEqual([]);
  });

  it('[LG12] decides a packing of a case again that was built on one the server refused', async () => {
    await download(device.replica, anotherDevice(twoCases).does(packed(2, 1), '2026-11-22T11:00:00.000000Z'));
    const taken = await record({ kind: 'move', asset: caseScan(2), locationId: dock });
    await record(packed(1, 2));
    expect(await placeOf(caseIdOf(1))).toBe(caseIdOf(2));
    await download(device.replica, [{ table: 'operations', rows: [verdictRow(taken.operation, 'refused')] }]);
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(1);
    expect([await placeOf(caseIdOf(1)), await placeOf(caseIdOf(2))]).toEqual([shelf, caseIdOf(1)]);
    expect(await conflicts()).toEqual([{ class: 'case_in_itself', status: 'open' }]);
  });

  it('asks again for what it decides with when an operation of another kind comes meanwhile', async () => {
    await record(checkOut(1, gala));
    await download(device.replica, elsewhere(checkOut(1, fair), '2026-11-22T11:00:00.000000Z', 1));
    const { findDeciding } = device.capabilities;
    const asked: string[][] = [];
    const count = await redecidePending(device.replica, async (kinds) => {
      asked.push([...kinds].sort());
      if (asked.length === 1) await record({ kind: 'move', asset: scanOf(1), locationId: dock });
      return findDeciding(kinds);
    });
    expect(asked).toEqual([['check_out'], ['check_out', 'move']]);
    expect(count).toBe(2);
    expect(await placeOf(assetIdOf(1))).toBe(dock);
  });

  it('has nothing to do where nothing below a guess changed', async () => {
    await record(checkOut(1, gala));
    await download(device.replica, elsewhere(checkOut(3, fair), '2026-11-22T11:00:00.000000Z', 3));
    const locks = countLocks(device.replica);
    expect(await redecidePending(device.replica, device.capabilities.findDeciding)).toBe(0);
    expect(locks.current()).toEqual({ reads: 1, writes: 0 });
    expect(await placeOf(assetIdOf(4))).toBe(shelf);
  });
});

const twoCases = [1, 2].map((number) => newAsset(caseIdOf(number), codeOf('C', number), true));

function caseScan(number: number) {
  return { ...scanOf(number), code: codeOf('C', number), assetId: caseIdOf(number) };
}

function packed(member: number, into: number): Intent {
  return { kind: 'pack', caseId: caseIdOf(into), members: [caseScan(member)] };
}

/** What comes down when another device did this to an asset, or to things, that never moved. */
function elsewhere(intent: Intent, at: string, things: number | readonly Asset[], sequence = 1) {
  return anotherDevice(things, sequence).does(intent, at);
}

/** Another device, and what comes down of each thing that it does, one after the other, to things that never moved. */
function anotherDevice(things: number | readonly Asset[], firstSequence = 1) {
  const workingSet = emptyWorkingSet();
  const assets = typeof things === 'number' ? [newAsset(assetIdOf(things), codeOf('A', things))] : things;
  for (const asset of assets) workingSet.assetsById.set(asset.id, asset);
  for (const id of [gala, fair]) workingSet.knownEventIds.add(id);
  for (const id of [shelf, dock]) workingSet.knownLocationIds.add(id);
  let sequence = firstSequence - 1;
  return {
    does(intent: Intent, at: string) {
      sequence += 1;
      const operation: Operation = {
        id: idOf(30, sequence) as OperationId,
        deviceId: idOf(9, 99) as DeviceId,
        epoch: idOf(31, 1),
        sequence,
        recordedAt: at as Instant,
        wallClockAt: at as Instant,
        clockOffsetMs: 0,
        recordedBy: ben,
        schemaVersion: 1,
        intent,
      };
      const context = { effectiveAt: operation.recordedAt, receivedAt: operation.recordedAt };
      const { effects } = decideOperation(operation, workingSet, context);
      applyEffects(workingSet, effects);
      return [
        { table: 'assets', rows: effects.assets.map(rowOfAsset) },
        { table: 'movements', rows: effects.movements.map(rowOfMovement) },
        { table: 'conflicts', rows: effects.conflicts.map(rowOfConflict) },
      ];
    },
  };
}

function verdictRow(operation: Operation, verdict: string) {
  return { id: operation.id, device_id: operation.deviceId, sequence: operation.sequence, verdict };
}

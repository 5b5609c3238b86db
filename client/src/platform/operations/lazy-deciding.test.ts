import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import {
  type Intent,
  OPERATION_SCHEMA_VERSION,
  type Operation,
} from '@eventkit/shared/operations/operation.ts';
import { emptyWorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { describe, expect, it } from 'vitest';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna, gala } from '#platform/testing/test-stock.ts';
import { decideAllKinds } from './decide-all-kinds.ts';
import { createLazyDeciding } from './lazy-deciding.ts';

function operationOf(intent: Intent): Operation {
  return {
    id: idOf(30, 1) as OperationId,
    deviceId: idOf(9, 1) as DeviceId,
    epoch: idOf(8, 1),
    sequence: 1,
    recordedAt: instantOfMs(1_000),
    wallClockAt: instantOfMs(1_000),
    clockOffsetMs: 0,
    recordedBy: anna,
    schemaVersion: OPERATION_SCHEMA_VERSION,
    intent,
  };
}

const asset = { code: 'A-0401', assetId: null, observed: null };
const checkOut = operationOf({ kind: 'check_out', asset, eventId: gala, overrideReason: null });
const undo = operationOf({ kind: 'undo', operationId: idOf(30, 7) as OperationId });
const context = { effectiveAt: checkOut.recordedAt, receivedAt: null };

describe('deciding with what is loaded', () => {
  it('decides a scan at once, as it would with everything', async () => {
    const find = createLazyDeciding(async () => {
      throw new Error('nothing is to be loaded for a scan');
    });
    const { readsOf, decide } = await find(['check_out', 'check_in', 'found']);
    const workingSet = emptyWorkingSet();
    workingSet.knownEventIds.add(gala);
    expect(readsOf(checkOut)).toEqual(decideAllKinds.readsOf(checkOut));
    const decision = decide(checkOut, workingSet, context);
    expect(decision).toEqual(decideAllKinds.decide(checkOut, workingSet, context));
    expect(decision.reason).toBe('unknown_code');
  });

  it('loads what decides all kinds where one of them needs it, once, and again after it did not come', async () => {
    let loads = 0;
    const find = createLazyDeciding(async () => {
      loads += 1;
      if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return decideAllKinds;
    });
    await expect(find(['check_out', 'undo'])).rejects.toThrow('Failed to fetch');
    expect(await find(['load'])).toBe(decideAllKinds);
    const { decide } = await find(['undo']);
    expect(decide(undo, emptyWorkingSet(), context)).toMatchObject({ reason: 'nothing_to_undo' });
    expect(loads).toBe(2);
  });

  it('never decides another kind by facts about assets alone', async () => {
    const { readsOf, decide } = await createLazyDeciding(async () => decideAllKinds)(['move']);
    expect(() => readsOf(undo)).toThrow('undo is not decided');
    expect(() => decide(undo, emptyWorkingSet(), context)).toThrow('undo is not decided');
  });
});

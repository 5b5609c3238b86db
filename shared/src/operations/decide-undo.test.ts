import { describe, expect, it } from 'vitest';
import { deviceIds } from '#test/arbitrary-ledger.ts';
import {
  backToDock,
  case1,
  dimmer,
  gala,
  inStock,
  lamp,
  scanned,
  start,
  toFair,
  toGala,
} from '#test/one-by-one.ts';
import { testId } from '#test/test-ids.ts';
import type { Intent } from './operation.ts';

describe('undo', () => {
  const undo = (n: number): Intent => ({ kind: 'undo', operationId: testId('operation', n) });

  it('[OP10] takes back what it did and what that derived', () => {
    const { decide, ledger, placeOf } = start();
    decide(toGala, { deviceId: testId('device', 2) });
    decide(toFair);
    const decision = decide(undo(2));
    expect(decision).toMatchObject({ verdict: 'applied', reason: null });
    expect(decision.effects.vanishedConflicts).toMatchObject([{ class: 'double_check_out' }]);
    expect(placeOf(lamp)).toEqual({ kind: 'event', id: gala });
    expect(ledger.conflictsByAssetId.get(lamp)).toEqual([]);
  });

  it('[OP10] takes back every member of a pack', () => {
    const { decide, placeOf } = start();
    decide({ kind: 'pack', caseId: case1, members: [scanned(lamp), scanned(dimmer)] });
    expect(decide(undo(1)).effects.movements.map(({ id, assetId }) => [id, assetId])).toEqual([
      [`${testId('operation', 2)}:0`, lamp],
      [`${testId('operation', 2)}:1`, dimmer],
    ]);
    expect([lamp, dimmer].map(placeOf)).toEqual([inStock, inStock]);
  });

  it('[OP10] forgets an unknown code', () => {
    const { decide, ledger } = start();
    decide({ ...toGala, asset: { code: 'B-77', assetId: null, observed: null } });
    expect(decide(undo(1))).toMatchObject({ verdict: 'applied', effects: { assets: [] } });
    expect(ledger.subjectsByKey.get('labels:B-77')?.conflicts).toEqual([]);
  });

  it('[OP10] what it lays bare may be a conflict', () => {
    const { decide } = start();
    decide(toGala, { deviceId: testId('device', 2) });
    decide(backToDock);
    decide(toFair, { deviceId: testId('device', 2) });
    expect(decide(undo(2))).toMatchObject({ verdict: 'conflicted', reason: 'conflict_open' });
  });

  it('[OP10] refuses what is not there, is another device’s, or is taken back already', () => {
    const { decide } = start();
    const nothing = { verdict: 'refused', reason: 'nothing_to_undo' };
    expect(decide(undo(77))).toMatchObject(nothing);
    decide(toGala);
    expect(decide(undo(2), { deviceId: deviceIds[1] ?? testId('device', 2) })).toMatchObject(nothing);
    expect(decide(undo(2)).verdict).toBe('applied');
    expect(decide(undo(2))).toMatchObject(nothing);
  });
});

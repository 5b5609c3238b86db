import { describe, expect, it } from 'vitest';
import { case1, case2, lamp, scanned } from '#test/one-by-one.ts';
import { testId } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import { readsOf } from './reads-of.ts';

describe('what is read for an operation', () => {
  it('[OP1] names assets, codes, the case, the place it lies and the undone operation', () => {
    const reads = readsOf(
      testOperation(1, {
        intent: {
          kind: 'unpack',
          caseId: case1,
          members: [scanned(lamp), { code: 'B-77', assetId: null, observed: null }],
          locationId: null,
          casePlace: { kind: 'case', id: case2 },
        },
      }),
    );
    expect(reads).toEqual({
      assetIds: [lamp, case1, case2],
      codes: ['A-1', 'B-77'],
      unnamedCodes: ['B-77'],
      operationIds: [],
      eventIds: [],
      locationIds: [],
      productIds: [],
      subjects: [],
      vehicleIds: [],
    });
    const undo = readsOf(testOperation(2, { intent: { kind: 'undo', operationId: testId('operation', 1) } }));
    expect(undo.operationIds).toEqual([testId('operation', 1)]);
  });
});

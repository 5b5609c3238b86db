import type { OperationId } from '#kernel/ids.ts';
import type { Operation } from '#operations/operation.ts';
import { testId, testInstant } from './test-ids.ts';

/** Operation n of device 1, recorded n seconds into the day, with what matters filled in. */
export function testOperation(n: number, facts: Pick<Operation, 'intent'> & Partial<Operation>): Operation {
  return {
    id: testId<OperationId>('operation', n),
    deviceId: testId('device', 1),
    epoch: testId('epoch', 1),
    sequence: n,
    recordedAt: testInstant(n),
    wallClockAt: testInstant(n),
    clockOffsetMs: null,
    recordedBy: testId('user', 1),
    schemaVersion: 1,
    ...facts,
  };
}

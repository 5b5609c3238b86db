import type { AssetId, DeviceId, MovementId, OperationId } from '#kernel/ids.ts';
import type { Movement } from '#ledger/movement.ts';
import { noDetails } from '#operations/stated-facts.ts';
import { testId, testInstant } from './test-ids.ts';

/** A movement of operation n by device 1, n seconds into the day, about asset 1, with what matters filled in. */
export function testMovement(n: number, facts: Pick<Movement, 'kind' | 'to'> & Partial<Movement>): Movement {
  return {
    id: `${testId<OperationId>('operation', n)}:0` as MovementId,
    operationId: testId('operation', n),
    assetId: testId<AssetId>('asset', 1),
    effectiveAt: testInstant(n),
    deviceId: testId<DeviceId>('device', 1),
    sequence: n,
    recordedBy: testId('user', 1),
    code: null,
    namedAssetId: null,
    observed: null,
    undoesOperationId: null,
    receivedAt: null,
    ...noDetails,
    ...facts,
  };
}

import type { MovementId } from '#kernel/ids.ts';
import type { Movement } from '#ledger/movement.ts';
import type { Operation } from './operation.ts';
import type { PlannedFact } from './plan-facts.ts';
import type { DecisionContext } from './working-set.ts';

/** [OP5] A planned fact about an asset as the movement that stays: `<operation id>:<position>`. */
export function stampMovement(
  operation: Operation,
  { receivedAt }: DecisionContext,
  fact: PlannedFact,
  index: number,
): Movement {
  return {
    ...fact,
    id: `${operation.id}:${index}` as MovementId,
    operationId: operation.id,
    deviceId: operation.deviceId,
    sequence: operation.sequence,
    recordedBy: operation.recordedBy,
    undoesOperationId: null,
    receivedAt,
  };
}

import fc from 'fast-check';
import type { Operation } from '#operations/operation.ts';
import { isOfRow, makes } from './arbitrary-edits.ts';
import { causesOfApproval } from './arbitrary-stocktake.ts';

/**
 * Operations in another order of arrival. A row is edited only by who knows of it, so after it was made, and an
 * approval comes after what the approver saw. Else only an undo must still come after what it takes back, and after an
 * earlier undo of the same: these are of one device, whose operations arrive in order.
 */
export function arbitraryArrival(operations: readonly Operation[]): fc.Arbitrary<readonly Operation[]> {
  return fc
    .shuffledSubarray([...operations], { minLength: operations.length, maxLength: operations.length })
    .map(afterTheirCauses);
}

/** These, with none before what it stands on. */
export function afterTheirCauses(operations: readonly Operation[]): readonly Operation[] {
  const arrived = new Set<Operation>();
  const waiting = operations.map((operation) => ({ operation, causes: causesOf(operation, operations) }));
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ causes }) => causes.every((cause) => arrived.has(cause)));
    for (const { operation } of waiting.splice(next, 1)) arrived.add(operation);
  }
  return [...arrived];
}

function causesOf(operation: Operation, operations: readonly Operation[]): Operation[] {
  const { sequence, deviceId, intent } = operation;
  if (isOfRow(intent)) return operations.filter(({ intent: other }) => makes(other, intent.rowId));
  const standsOn = causesOfApproval(operation);
  if (intent.kind !== 'undo') return operations.filter(({ id }) => standsOn.includes(id));
  return operations.filter(
    (other) =>
      other.deviceId === deviceId &&
      other.sequence < sequence &&
      (other.id === intent.operationId ||
        (other.intent.kind === 'undo' && other.intent.operationId === intent.operationId)),
  );
}

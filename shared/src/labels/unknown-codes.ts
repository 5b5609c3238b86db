import type { ConflictId, EventId } from '#kernel/ids.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import type { WorkingSet } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { whatWasRead } from './what-was-read.ts';

/**
 * [LB4] The conflict that a reading gives rise to where nobody knew the code at the time; settled by the later
 * assignment that says what it was.
 */
export function unknownCodeOf(movement: Movement, workingSet: WorkingSet): Conflict[] {
  const { code } = movement;
  if (code === null || movement.kind === 'undo') return [];
  const { wasUnknown, saidBy } = whatWasRead(movement, workingSet);
  if (!wasUnknown) return [];
  const eventId: EventId | null = movement.to?.kind === 'event' ? movement.to.id : movement.eventId;
  return [
    {
      id: `unknown_code:${movement.id}` as ConflictId,
      class: 'unknown_code',
      status: saidBy === null ? 'open' : 'settled',
      assetId: null,
      otherAssetId: null,
      firstMovementId: null,
      secondMovementId: movement.id,
      settledByMovementId: saidBy,
      operationId: movement.operationId,
      eventId,
      code,
      subject: subjectKey({ ledger: 'labels', id: code }),
      detail: null,
      openedAt: movement.effectiveAt,
    },
  ];
}

/** [LB4] What was taken back needs no answer. */
export function isTakenBack(movement: Movement, all: readonly Movement[]): boolean {
  return all.some(
    (other) =>
      other.kind === 'undo' &&
      other.undoesOperationId === movement.operationId &&
      other.deviceId === movement.deviceId,
  );
}

/** Every movement at hand. */
export function allMovements({ waitingMovements, movementsByAssetId }: WorkingSet): Movement[] {
  return [...waitingMovements.values(), ...[...movementsByAssetId.values()].flat()];
}

import type { AssetId, MovementId } from '#kernel/ids.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { type Subject, subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import { effectsOfFacts, joinEffects, type SubjectFact } from './effects-of-facts.ts';
import { effectsOfMovements } from './effects-of-movements.ts';
import { opensConflict } from './opens-conflict.ts';
import type { Operation, Undo } from './operation.ts';
import { stampFact } from './plan-subject-facts.ts';
import { refuse, withEffects } from './ruling.ts';
import { noDetails } from './stated-facts.ts';
import { type Decision, type DecisionContext, noEffects, type WorkingSet } from './working-set.ts';

type UndoOperation = Operation & { readonly intent: Undo };

/** [OP10] Takes back every movement, or the unknown code, of an earlier operation of the same device. */
export function decideUndo(
  operation: UndoOperation,
  workingSet: WorkingSet,
  context: DecisionContext,
): Decision {
  const unknownCodes = workingSet.unknownCodesByOperationId.get(operation.intent.operationId) ?? [];
  if (unknownCodes.length > 0) return forgetUnknownCodes(unknownCodes);
  const movements = movementsToUndo(operation, workingSet).map(({ assetId }, index) =>
    undoMovement(operation, context, assetId, index),
  );
  const facts = undoFacts(operation, workingSet, context);
  if (movements.length + facts.length === 0) return refuse('nothing_to_undo');
  const effects = joinEffects(effectsOfMovements(workingSet, movements), effectsOfFacts(workingSet, facts));
  return opensConflict(effects, workingSet)
    ? withEffects(effects, { verdict: 'conflicted', reason: 'conflict_open' })
    : withEffects(effects, { verdict: 'applied', reason: null });
}

function forgetUnknownCodes(unknownCodes: readonly Conflict[]): Decision {
  return withEffects({ ...noEffects, vanishedConflicts: unknownCodes }, { verdict: 'applied', reason: null });
}

/** In the order of the members of the undone operation; what was taken back already is not among them. */
function movementsToUndo({ id, deviceId, intent }: UndoOperation, workingSet: WorkingSet): Movement[] {
  const assetIds = workingSet.assetIdsByOperationId.get(intent.operationId) ?? [];
  return [...new Set(assetIds)]
    .flatMap((assetId) => {
      const history = workingSet.movementsByAssetId.get(assetId) ?? [];
      const isUndone = history.some(
        (other) =>
          other.undoesOperationId === intent.operationId &&
          other.deviceId === deviceId &&
          other.operationId !== id,
      );
      return isUndone ? [] : history.filter((movement) => isTarget(movement, intent, deviceId));
    })
    .sort((a, b) => positionOf(a) - positionOf(b));
}

/** One undo for each subject whose facts of the undone operation still count. */
function undoFacts(
  operation: UndoOperation,
  workingSet: WorkingSet,
  context: DecisionContext,
): SubjectFact[] {
  const subjects = workingSet.subjectsByOperationId.get(operation.intent.operationId) ?? [];
  const byKey = new Map(subjects.map((subject) => [subjectKey(subject), subject]));
  // In the order of their keys: a fact has the same position, and so the same id, wherever the undo is decided.
  return [...byKey.keys()]
    .sort()
    .flatMap((key) => byKey.get(key) ?? [])
    .filter((subject) => isToUndo(subject, operation, workingSet))
    .map((subject, index) => stampFact(operation, context, { subject, matter: {} }, index));
}

function isToUndo(
  subject: Subject,
  { id, deviceId, intent }: UndoOperation,
  { subjectsByKey }: WorkingSet,
): boolean {
  const rows = subjectsByKey.get(subjectKey(subject))?.rowsByTable.get(subjectLedgers[subject.ledger].facts);
  const own = ([...(rows?.values() ?? [])] as FactRow[]).filter((row) => row.device_id === deviceId);
  const isUndone = own.some(
    (row) => row.undoes_operation_id === intent.operationId && row.operation_id !== id,
  );
  return !isUndone && own.some((row) => row.operation_id === intent.operationId && row.kind !== 'undo');
}

function isTarget(movement: Movement, { operationId }: Undo, deviceId: string): boolean {
  return movement.operationId === operationId && movement.deviceId === deviceId && movement.kind !== 'undo';
}

function positionOf({ id }: Movement): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

function undoMovement(
  operation: UndoOperation,
  { effectiveAt, receivedAt }: DecisionContext,
  assetId: AssetId,
  index: number,
): Movement {
  return {
    id: `${operation.id}:${index}` as MovementId,
    operationId: operation.id,
    assetId,
    kind: 'undo',
    effectiveAt,
    deviceId: operation.deviceId,
    sequence: operation.sequence,
    recordedBy: operation.recordedBy,
    to: null,
    observed: null,
    undoesOperationId: operation.intent.operationId,
    receivedAt,
    ...noDetails,
  };
}

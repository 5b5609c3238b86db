import type { MovementId } from '#kernel/ids.ts';
import { positionOf } from '#labels/retarget.ts';
import type { Movement } from '#ledger/movement.ts';
import { type Subject, subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import { effectsOfFacts, type SubjectFact } from './effects-of-facts.ts';
import { effectsOfMovements } from './effects-of-movements.ts';
import { joinEffects } from './join-effects.ts';
import { opensConflict } from './opens-conflict.ts';
import type { Operation, Undo } from './operation.ts';
import { stampFact } from './plan-subject-facts.ts';
import { refuse, withEffects } from './ruling.ts';
import { noDetails } from './stated-facts.ts';
import { withRetargeted } from './with-retargeted.ts';
import {
  type Decision,
  type DecisionContext,
  type Effects,
  noEffects,
  type WorkingSet,
} from './working-set.ts';

type UndoOperation = Operation & { readonly intent: Undo };

/** [OP10] Takes back every movement, or the unknown code, of an earlier operation of the same device. */
export function decideUndo(
  operation: UndoOperation,
  workingSet: WorkingSet,
  context: DecisionContext,
): Decision {
  const undone = movementsToUndo(operation, workingSet);
  const movements = undone.map((movement, index) => undoMovement(operation, context, movement, index));
  const facts = undoFacts(operation, workingSet, context);
  if (movements.length + facts.length === 0) return refuse('nothing_to_undo');
  const ofMovements = joinEffects(
    effectsOfMovements(workingSet, movements),
    withoutUnknownCodes(undone, workingSet),
  );
  const effects = joinEffects(ofMovements, withRetargeted(workingSet, effectsOfFacts(workingSet, facts)));
  return opensConflict(effects, workingSet)
    ? withEffects(effects, { verdict: 'conflicted', reason: 'conflict_open' })
    : withEffects(effects, { verdict: 'applied', reason: null });
}

/** [LB4] What was taken back needs no answer. */
function withoutUnknownCodes(undone: readonly Movement[], { subjectsByKey }: WorkingSet): Effects {
  const ids = new Set(undone.map(({ id }) => id));
  const codes = new Set(undone.flatMap(({ code }) => code ?? []));
  const beside = [...codes].flatMap(
    (code) => subjectsByKey.get(subjectKey({ ledger: 'labels', id: code }))?.conflicts ?? [],
  );
  const vanishedConflicts = beside.filter(
    (conflict) =>
      conflict.class === 'unknown_code' &&
      conflict.secondMovementId !== null &&
      ids.has(conflict.secondMovementId),
  );
  return { ...noEffects, vanishedConflicts };
}

/** In the order of the members of the undone operation; nothing where it was taken back already. */
function movementsToUndo({ id, deviceId, intent }: UndoOperation, workingSet: WorkingSet): Movement[] {
  const assetIds = new Set(workingSet.assetIdsByOperationId.get(intent.operationId) ?? []);
  const beside = [
    ...workingSet.waitingMovements.values(),
    ...[...assetIds].flatMap((assetId) => workingSet.movementsByAssetId.get(assetId) ?? []),
  ].filter((movement) => movement.deviceId === deviceId);
  const isUndone = beside.some(
    (other) => other.undoesOperationId === intent.operationId && other.operationId !== id,
  );
  if (isUndone) return [];
  return beside
    .filter(({ operationId, kind }) => operationId === intent.operationId && kind !== 'undo')
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

function undoMovement(
  operation: UndoOperation,
  { effectiveAt, receivedAt }: DecisionContext,
  { assetId, code, namedAssetId }: Movement,
  index: number,
): Movement {
  return {
    id: `${operation.id}:${index}` as MovementId,
    operationId: operation.id,
    assetId,
    code,
    namedAssetId,
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

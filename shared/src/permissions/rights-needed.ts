import type { FactRow } from '#operations/counted-facts.ts';
import type { Operation } from '#operations/operation.ts';
import type { Effects, WorkingSet } from '#operations/working-set.ts';
import { subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import { type OperationRight, rightByOperation } from './permission-by-operation.ts';

/**
 * [UP15] What an operation with these effects asks of who recorded it; each right once. Of edits nothing: see
 * `permissionsToEdit`.
 */
export function rightsNeeded(
  { intent }: Operation,
  effects: Effects,
  workingSet: WorkingSet,
): readonly OperationRight[] {
  const kinds = intent.kind === 'undo' ? kindsUndone(intent.operationId, effects, workingSet) : [intent.kind];
  return [...new Set(kinds.flatMap(rightOf))];
}

function rightOf(kind: string): OperationRight[] {
  return Object.hasOwn(rightByOperation, kind)
    ? [rightByOperation[kind as keyof typeof rightByOperation]]
    : [];
}

/** What the movements and facts were that are taken back. */
function kindsUndone(
  operationId: string,
  { movements, subjectRows }: Effects,
  { movementsByAssetId, waitingMovements, subjectsByKey }: WorkingSet,
): string[] {
  const beside = [
    ...waitingMovements.values(),
    ...movements.flatMap(({ assetId }) => (assetId === null ? [] : (movementsByAssetId.get(assetId) ?? []))),
  ];
  const ofMovements = beside.filter((movement) => movement.operationId === operationId);
  const ofFacts = subjectRows.flatMap(({ subject }) => {
    const facts = subjectsByKey
      .get(subjectKey(subject))
      ?.rowsByTable.get(subjectLedgers[subject.ledger].facts);
    return ([...(facts?.values() ?? [])] as FactRow[]).filter((fact) => fact.operation_id === operationId);
  });
  return [...ofMovements, ...ofFacts].flatMap(({ kind }) => kind ?? []);
}

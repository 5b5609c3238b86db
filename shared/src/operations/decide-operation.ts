import { packFactsOf } from '#transport/plan-transport-facts.ts';
import { decideApproval } from './decide-approval.ts';
import { decideFacts, type FactOperation } from './decide-facts.ts';
import { decideSubjectFacts } from './decide-subject-facts.ts';
import { decideUndo } from './decide-undo.ts';
import { effectsOfFacts, type SubjectFact } from './effects-of-facts.ts';
import type { Load, Operation, Unload } from './operation.ts';
import type { PlannedFact } from './plan-facts.ts';
import { stampFact } from './plan-subject-facts.ts';
import type { Decision, DecisionContext, WorkingSet } from './working-set.ts';

/**
 * What an operation does to the rows at hand, and what is said of it (rules OP1 to OP12 of SPEC.md). Pure: the
 * working set is not touched; `applyEffects` brings it up to date for the next operation of a batch. Rows and
 * conflicts come out the same in whatever order operations are decided; the verdict tells how it was on arrival.
 */
export function decideOperation(
  operation: Operation,
  workingSet: WorkingSet,
  context: DecisionContext,
): Decision {
  const { intent } = operation;
  switch (intent.kind) {
    case 'undo':
      return decideUndo({ ...operation, intent }, workingSet, context);
    case 'move_bulk':
    case 'count_bulk':
    case 'edit_fields':
    case 'create_row':
    case 'delete_row':
    case 'restore_row':
    case 'dispatch':
    case 'arrive':
    case 'confirm_truck_pack':
    case 'assign_label':
    case 'retire_label':
    case 'fill_line':
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
      return decideSubjectFacts({ ...operation, intent }, workingSet, context);
    case 'approve_stocktake':
      return decideApproval({ ...operation, intent }, workingSet, context);
    case 'load':
    case 'unload':
      return decideFacts({ ...operation, intent }, workingSet, context, (planned) =>
        effectsOfFacts(workingSet, packFacts({ ...operation, intent }, workingSet, context, planned)),
      );
    default:
      return decideFacts({ ...operation, intent }, workingSet, context);
  }
}

/**
 * [TP1] What goes on or off a vehicle for an event is told of the pack too, as what the device took it for: a fact of
 * the pack is not told again when labels say otherwise later.
 */
function packFacts(
  operation: FactOperation<Load | Unload>,
  { assetsById }: WorkingSet,
  context: DecisionContext,
  planned: readonly PlannedFact[],
): SubjectFact[] {
  const { intent } = operation;
  return planned
    .flatMap(({ namedAssetId }) =>
      namedAssetId !== null && assetsById.has(namedAssetId) ? packFactsOf(intent, namedAssetId) : [],
    )
    .map((fact, index) => stampFact(operation, context, fact, index));
}

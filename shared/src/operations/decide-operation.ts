import type { AssetId } from '#kernel/ids.ts';
import { unknownCodeOf } from '#labels/unknown-codes.ts';
import type { Asset } from '#ledger/asset.ts';
import { sameConflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { packFactsOf } from '#transport/plan-transport-facts.ts';
import { decideApproval } from './decide-approval.ts';
import { decideSubjectFacts } from './decide-subject-facts.ts';
import { decideUndo } from './decide-undo.ts';
import { effectsOfFacts, joinEffects, type SubjectFact } from './effects-of-facts.ts';
import { effectsOfMovements, isAsBefore } from './effects-of-movements.ts';
import { opensConflict } from './opens-conflict.ts';
import type { AssetIntent, Operation } from './operation.ts';
import { type PlannedFact, planFacts } from './plan-facts.ts';
import { stampFact } from './plan-subject-facts.ts';
import { type Ruling, refuse, withEffects } from './ruling.ts';
import { stampMovement } from './stamp-movement.ts';
import {
  type Decision,
  type DecisionContext,
  type Effects,
  noEffects,
  type WorkingSet,
} from './working-set.ts';

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
    case 'open_stocktake':
    case 'count_asset':
    case 'count_quantity':
    case 'request_recount':
    case 'close_stocktake':
    case 'review_variance':
      return decideSubjectFacts({ ...operation, intent }, workingSet, context);
    case 'approve_stocktake':
      return decideApproval({ ...operation, intent }, workingSet, context);
    default:
      return decideFacts({ ...operation, intent }, workingSet, context);
  }
}

type FactOperation = Operation & { readonly intent: AssetIntent };

function decideFacts(operation: FactOperation, workingSet: WorkingSet, context: DecisionContext): Decision {
  const planned = planFacts(operation.intent, workingSet, context.effectiveAt);
  if (!planned.ok) return refuse(planned.error);
  const movements = planned.value.map((fact, index) => stampMovement(operation, context, fact, index));
  const pack = packFacts(operation, workingSet, context, planned.value);
  const effects = [
    effectsOfMovements(workingSet, movements),
    unknownCodes(movements, workingSet),
    effectsOfFacts(workingSet, pack),
  ].reduce(joinEffects);
  return withEffects(effects, rule(movements, effects, workingSet));
}

/** [LB4] What nobody could have known when it was read. */
function unknownCodes(movements: readonly Movement[], workingSet: WorkingSet): Effects {
  const conflicts = movements.flatMap((movement) => unknownCodeOf(movement, workingSet));
  const changed = conflicts.filter((conflict) => {
    const known = workingSet.subjectsByKey.get(conflict.subject ?? '')?.conflicts ?? [];
    return !sameConflict(
      conflict,
      known.find(({ id }) => id === conflict.id),
    );
  });
  return { ...noEffects, conflicts: changed };
}

/**
 * [TP1] What goes on or off a vehicle for an event is told of the pack too, as what the device took it for: a fact of
 * the pack is not told again when labels say otherwise later.
 */
function packFacts(
  operation: FactOperation,
  { assetsById }: WorkingSet,
  context: DecisionContext,
  planned: readonly PlannedFact[],
): SubjectFact[] {
  const { intent } = operation;
  if (intent.kind !== 'load' && intent.kind !== 'unload') return [];
  return planned
    .flatMap(({ namedAssetId }) =>
      namedAssetId !== null && assetsById.has(namedAssetId) ? packFactsOf(intent, namedAssetId) : [],
    )
    .map((fact, index) => stampFact(operation, context, fact, index));
}

/** [OP4] [OP7] [OP8] [OP9] What is said where facts were recorded. */
function rule(movements: readonly Movement[], effects: Effects, workingSet: WorkingSet): Ruling {
  if (movements.every(({ assetId }) => assetId === null)) {
    return { verdict: 'conflicted', reason: 'unknown_code' };
  }
  if (opensConflict(effects, workingSet)) {
    return { verdict: 'conflicted', reason: 'conflict_open' };
  }
  const afterById = new Map(effects.assets.map((asset) => [asset.id, asset]));
  const after = (id: AssetId) => afterById.get(id) ?? workingSet.assetsById.get(id);
  const isOfOther = movements.some(
    ({ assetId, namedAssetId }) => assetId !== null && namedAssetId !== null && assetId !== namedAssetId,
  );
  const reason = isOfOther ? 'label_moved' : null;
  if (effects.assets.some((asset) => changesFrom(workingSet.assetsById.get(asset.id), asset))) {
    return { verdict: 'applied', reason };
  }
  if (settlesConflict(movements, effects, workingSet)) return { verdict: 'applied', reason };
  const isNewest = movements.every(
    ({ id, assetId }) => assetId === null || after(assetId)?.state.lastMovementId === id,
  );
  return { verdict: 'superseded', reason: isNewest ? 'already_there' : 'newer_fact_stands' };
}

function settlesConflict(
  movements: readonly Movement[],
  effects: Effects,
  { conflictsByAssetId }: WorkingSet,
): boolean {
  const ownIds = new Set(movements.map(({ id }) => id));
  return effects.conflicts.some(({ id, assetId, settledByMovementId }) => {
    if (settledByMovementId === null || !ownIds.has(settledByMovementId)) return false;
    const before = assetId === null ? [] : (conflictsByAssetId.get(assetId) ?? []);
    return before.some((conflict) => conflict.id === id && conflict.status === 'open');
  });
}

function changesFrom(before: Asset | undefined, after: Asset): boolean {
  return before === undefined || !isAsBefore(before.state, after.state);
}

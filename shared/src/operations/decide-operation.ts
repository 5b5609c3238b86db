import type { ConflictId, MovementId, OperationId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { packFactsOf } from '#transport/plan-transport-facts.ts';
import { decideSubjectFacts } from './decide-subject-facts.ts';
import { decideUndo } from './decide-undo.ts';
import { effectsOfFacts, joinEffects, type SubjectFact } from './effects-of-facts.ts';
import { effectsOfMovements, isAsBefore } from './effects-of-movements.ts';
import { opensConflict } from './opens-conflict.ts';
import type { AssetIntent, Operation } from './operation.ts';
import { type PlannedFact, planFacts } from './plan-facts.ts';
import { stampFact } from './plan-subject-facts.ts';
import { type Ruling, refuse, withEffects } from './ruling.ts';
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
      return decideSubjectFacts({ ...operation, intent }, workingSet, context);
    default:
      return decideFacts({ ...operation, intent }, workingSet, context);
  }
}

type FactOperation = Operation & { readonly intent: AssetIntent };

function decideFacts(operation: FactOperation, workingSet: WorkingSet, context: DecisionContext): Decision {
  const planned = planFacts(operation.intent, workingSet);
  if (!planned.ok) {
    if (planned.error.kind === 'refused') return refuse(planned.error.reason);
    return keepUnknownCode(operation.id, planned.error, context);
  }
  const movements = planned.value.map((fact, index) => movementOf(operation, context, fact, index));
  const effects = joinEffects(
    effectsOfMovements(workingSet, movements),
    effectsOfFacts(workingSet, packFacts(operation, context, planned.value)),
  );
  return withEffects(effects, rule(movements, effects, workingSet));
}

/** [TP1] What goes on or off a vehicle for an event is told of the pack too. */
function packFacts(
  operation: FactOperation,
  context: DecisionContext,
  planned: readonly PlannedFact[],
): SubjectFact[] {
  const { intent } = operation;
  if (intent.kind !== 'load' && intent.kind !== 'unload') return [];
  return planned
    .flatMap(({ assetId }) => packFactsOf(intent, assetId))
    .map((fact, index) => stampFact(operation, context, fact, index));
}

function movementOf(
  operation: FactOperation,
  context: DecisionContext,
  fact: PlannedFact,
  index: number,
): Movement {
  return {
    ...fact,
    id: `${operation.id}:${index}` as MovementId,
    operationId: operation.id,
    kind: operation.intent.kind,
    effectiveAt: context.effectiveAt,
    deviceId: operation.deviceId,
    sequence: operation.sequence,
    recordedBy: operation.recordedBy,
    undoesOperationId: null,
    receivedAt: context.receivedAt,
  };
}

/** [OP7] [OP8] [OP9] What is said where facts were recorded. */
function rule(movements: readonly Movement[], effects: Effects, workingSet: WorkingSet): Ruling {
  if (opensConflict(effects, workingSet)) {
    return { verdict: 'conflicted', reason: 'conflict_open' };
  }
  const afterById = new Map(effects.assets.map((asset) => [asset.id, asset]));
  const after = (movement: Movement) =>
    afterById.get(movement.assetId) ?? workingSet.assetsById.get(movement.assetId);
  if (effects.assets.some((asset) => changesFrom(workingSet.assetsById.get(asset.id), asset))) {
    return { verdict: 'applied', reason: null };
  }
  if (settlesConflict(movements, effects, workingSet)) return { verdict: 'applied', reason: null };
  const isNewest = movements.every((movement) => after(movement)?.state.lastMovementId === movement.id);
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

/** [OP4] Kept as a sighting that waits for a person to say what it was. */
function keepUnknownCode(
  operationId: OperationId,
  { code, eventId }: Pick<Conflict, 'eventId'> & { readonly code: string },
  { effectiveAt }: DecisionContext,
): Decision {
  const conflict: Conflict = {
    id: `unknown_code:${operationId}` as ConflictId,
    class: 'unknown_code',
    status: 'open',
    assetId: null,
    otherAssetId: null,
    firstMovementId: null,
    secondMovementId: null,
    settledByMovementId: null,
    operationId,
    eventId,
    code,
    subject: null,
    detail: null,
    openedAt: effectiveAt,
  };
  return withEffects(
    { ...noEffects, conflicts: [conflict] },
    { verdict: 'conflicted', reason: 'unknown_code' },
  );
}

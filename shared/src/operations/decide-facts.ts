import type { AssetId } from '#kernel/ids.ts';
import { unknownCodeOf } from '#labels/unknown-codes.ts';
import type { Asset } from '#ledger/asset.ts';
import { sameConflict } from '#ledger/conflict.ts';
import type { Movement } from '#ledger/movement.ts';
import { effectsOfMovements, isAsBefore } from './effects-of-movements.ts';
import { joinEffects } from './join-effects.ts';
import { opensConflict } from './opens-conflict.ts';
import type { AssetIntent, Operation } from './operation.ts';
import { type PlannedFact, planFacts } from './plan-facts.ts';
import { type Ruling, refuse, withEffects } from './ruling.ts';
import { stampMovement } from './stamp-movement.ts';
import {
  type Decision,
  type DecisionContext,
  type Effects,
  noEffects,
  type WorkingSet,
} from './working-set.ts';

/** An operation that states facts about assets. */
export type FactOperation<Kind extends AssetIntent = AssetIntent> = Operation & { readonly intent: Kind };

/**
 * What facts about assets do, and what is said of them; `beside` is what else follows from them. No ledger but that of
 * assets and their labels is needed here, so that a device that scans need not have the others at hand.
 */
export function decideFacts(
  operation: FactOperation,
  workingSet: WorkingSet,
  context: DecisionContext,
  beside: (planned: readonly PlannedFact[]) => Effects = () => noEffects,
): Decision {
  const planned = planFacts(operation.intent, workingSet, context.effectiveAt);
  if (!planned.ok) return refuse(planned.error);
  const movements = planned.value.map((fact, index) => stampMovement(operation, context, fact, index));
  const effects = [
    effectsOfMovements(workingSet, movements),
    unknownCodes(movements, workingSet),
    beside(planned.value),
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

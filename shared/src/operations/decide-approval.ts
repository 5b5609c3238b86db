import { planApproval } from '#stocktake/plan-approval.ts';
import type { ApproveStocktake } from '#stocktake/stocktake-intents.ts';
import { ruleOnSubjects } from './decide-subject-facts.ts';
import { effectsOfFacts } from './effects-of-facts.ts';
import { effectsOfMovements } from './effects-of-movements.ts';
import { joinEffects } from './join-effects.ts';
import type { Operation } from './operation.ts';
import { stampFact } from './plan-subject-facts.ts';
import { refuse, withEffects } from './ruling.ts';
import { stampMovement } from './stamp-movement.ts';
import type { Decision, DecisionContext, WorkingSet } from './working-set.ts';

/** [ST9] [ST10] [ST11] An approval changes the stocktake, its lines, assets and loose pieces together, or nothing. */
export function decideApproval(
  operation: Operation & { readonly intent: ApproveStocktake },
  workingSet: WorkingSet,
  context: DecisionContext,
): Decision {
  const planned = planApproval(operation, workingSet, context.effectiveAt);
  if (!planned.ok) return refuse(planned.error);
  const facts = planned.value.facts.map((fact, index) => stampFact(operation, context, fact, index));
  const movements = planned.value.assetFacts.map((fact, index) =>
    stampMovement(operation, context, fact, index),
  );
  const effects = joinEffects(effectsOfMovements(workingSet, movements), effectsOfFacts(workingSet, facts));
  return withEffects(effects, ruleOnSubjects(facts, effects, workingSet));
}

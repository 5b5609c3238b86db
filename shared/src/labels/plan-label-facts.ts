import { err, ok, type Result } from '#kernel/result.ts';
import type { PlannedSubjectFact } from '#operations/plan-subject-facts.ts';
import type { Reason, WorkingSet } from '#operations/working-set.ts';
import type { AssignLabel, LabelTarget, RetireLabel } from './label-intents.ts';

/** [LB7] One fact about the label; none where this company does not have the thing it is to be on. */
export function planLabelFacts(
  intent: AssignLabel | RetireLabel,
  workingSet: WorkingSet,
): Result<readonly PlannedSubjectFact[], Reason> {
  const target = intent.kind === 'assign_label' ? intent.target : null;
  const problem = target === null ? null : problemOf(target, workingSet);
  if (problem !== null) return err(problem);
  return ok([
    {
      subject: { ledger: 'labels', id: intent.code },
      matter: {
        asset_id: target?.kind === 'asset' ? target.id : null,
        location_id: target?.kind === 'location' ? target.id : null,
        observed_kind: intent.observed?.kind ?? null,
        observed_id: intent.observed?.id ?? null,
      },
    },
  ]);
}

function problemOf(target: LabelTarget, { assetsById, knownLocationIds }: WorkingSet): Reason | null {
  if (target.kind === 'asset') return assetsById.has(target.id) ? null : 'unknown_asset';
  return knownLocationIds.has(target.id) ? null : 'unknown_location';
}

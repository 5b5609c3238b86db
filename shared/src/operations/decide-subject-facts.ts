import { isUnseen, subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import { compareFacts, type FactRow } from './counted-facts.ts';
import { effectsOfFacts, type SubjectFact } from './effects-of-facts.ts';
import { opensConflict } from './opens-conflict.ts';
import { planSubjectFacts, type SimpleOperation, stampFact } from './plan-subject-facts.ts';
import { type Ruling, refuse, withEffects } from './ruling.ts';
import type { SubjectRow } from './subject-state.ts';
import { withRetargeted } from './with-retargeted.ts';
import type { Decision, DecisionContext, Effects, WorkingSet } from './working-set.ts';

/** [SL3] [SL4] What an operation on subject ledgers does, and what is said of it. */
export function decideSubjectFacts(
  operation: SimpleOperation,
  workingSet: WorkingSet,
  context: DecisionContext,
): Decision {
  const planned = planSubjectFacts(operation, workingSet);
  if (!planned.ok) return refuse(planned.error);
  const facts = planned.value.map((fact, index) => stampFact(operation, context, fact, index));
  const effects = withRetargeted(workingSet, effectsOfFacts(workingSet, facts));
  return withEffects(effects, ruleOnSubjects(facts, effects, workingSet));
}

/** [SL4] What is said where these facts of subjects were recorded, with or without movements of assets. */
export function ruleOnSubjects(
  facts: readonly SubjectFact[],
  effects: Effects,
  workingSet: WorkingSet,
): Ruling {
  const ownIds = new Set(facts.map(({ row }) => row.id));
  const isInConflict = effects.conflicts.some(
    ({ status, secondMovementId }) => status === 'open' && ownIds.has(secondMovementId ?? ''),
  );
  if (isInConflict || opensConflict(effects, workingSet)) {
    return { verdict: 'conflicted', reason: 'conflict_open' };
  }
  const settles = effects.conflicts.some(({ settledByMovementId }) => ownIds.has(settledByMovementId ?? ''));
  const isSeen = effects.assets.length > 0 || effects.subjectRows.some((row) => isVisible(row, workingSet));
  if (settles || isSeen) {
    return { verdict: 'applied', reason: null };
  }
  const areNewest = facts.every((fact) => isNewest(fact, workingSet));
  return { verdict: 'superseded', reason: areNewest ? 'already_there' : 'newer_fact_stands' };
}

function isNewest({ subject, row }: SubjectFact, { subjectsByKey }: WorkingSet): boolean {
  const { facts } = subjectLedgers[subject.ledger];
  const known = subjectsByKey.get(subjectKey(subject))?.rowsByTable.get(facts)?.values() ?? [];
  return [...known].every((other) => other.id === row.id || compareFacts(other as FactRow, row) < 0);
}

/** Which fact was the last is no difference that people see. */
const unseen: ReadonlySet<string> = new Set(['last_movement_id', 'last_moved_at', 'last_fact_id']);

function isVisible({ subject, table, row, isDeleted }: SubjectRow, { subjectsByKey }: WorkingSet): boolean {
  if (isUnseen(subject.ledger, table)) return false;
  const before = subjectsByKey.get(subjectKey(subject))?.rowsByTable.get(table)?.get(row.id);
  if (isDeleted || before === undefined) return true;
  return Object.keys(row).some((column) => !unseen.has(column) && row[column] !== before[column]);
}

import type { ConflictId, MovementId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { SubjectFold } from '#operations/fold-subject.ts';
import { type LedgerRow, rowsOf, type SubjectState } from '#operations/subject-state.ts';
import type { WorkingSet } from '#operations/working-set.ts';
import type { RowOf } from '#schema/row-types.ts';
import { type Subject, type SubjectTableName, subjectKey } from '#schema/subject-ledgers.ts';
import { baselineOf, type LabelFact, sameTarget, targetNamed, targetOf } from './label-history.ts';
import type { LabelTarget } from './label-intents.ts';
import { allMovements, isTakenBack, unknownCodeOf } from './unknown-codes.ts';
import { baselineTarget } from './what-was-read.ts';

/** [LB4] [LB5] [LB6] What a label is on now, and what a person should look at. */
export function foldLabel(
  value: string,
  facts: readonly LabelFact[],
  before: SubjectState,
  workingSet: WorkingSet,
): SubjectFold {
  const baseline = baselineOf(before);
  const id = rowsOf(before, 'labels')[0]?.id ?? value;
  const last = facts.at(-1);
  const row = labelRow(id, value, last === undefined ? baseline : targetOf(last), baseline);
  return {
    rows: [{ table: 'labels', row, isDeleted: last === undefined && baseline === null }],
    conflicts: [
      ...contradictions(value, facts, baselineTarget(value, workingSet, baseline)),
      ...unknownCodes({ ledger: 'labels', id: value }, row, facts, workingSet),
    ],
  };
}

function labelRow(
  id: string,
  value: string,
  target: LabelTarget | null,
  baseline: LabelTarget | null,
): RowOf<'labels'> {
  return {
    id,
    value,
    asset_id: target?.kind === 'asset' ? target.id : null,
    location_id: target?.kind === 'location' ? target.id : null,
    baseline_kind: baseline?.kind ?? null,
    baseline_id: baseline?.id ?? null,
  };
}

/** [LB5] Put on one thing while it was on another, by somebody who did not know. */
function contradictions(
  value: string,
  facts: readonly LabelFact[],
  baseline: LabelTarget | null,
): Conflict[] {
  return facts.flatMap((fact, index) => {
    const earlier = facts[index - 1];
    const was = earlier === undefined ? baseline : targetOf(earlier);
    const isNow = targetOf(fact);
    const saw = targetNamed(fact.observed_kind, fact.observed_id);
    if (was === null || isNow === null || sameTarget(was, isNow) || sameTarget(was, saw)) return [];
    return [labelOnTwo(value, earlier, fact, facts[index + 1])];
  });
}

function labelOnTwo(
  value: string,
  first: LabelFact | undefined,
  second: LabelFact,
  next: LabelFact | undefined,
): Conflict {
  return {
    id: `label_on_two:${first?.id ?? 'baseline'}:${second.id}` as ConflictId,
    class: 'label_on_two',
    status: next === undefined ? 'open' : 'settled',
    assetId: null,
    otherAssetId: null,
    firstMovementId: (first?.id ?? null) as MovementId | null,
    secondMovementId: second.id as MovementId,
    settledByMovementId: (next?.id ?? null) as MovementId | null,
    operationId: null,
    eventId: null,
    code: value,
    subject: subjectKey({ ledger: 'labels', id: value }),
    detail: null,
    openedAt: second.effective_at as Instant,
  };
}

/** [LB4] Of all who read the code. */
function unknownCodes(
  subject: Subject,
  label: RowOf<'labels'>,
  facts: readonly LabelFact[],
  workingSet: WorkingSet,
): Conflict[] {
  const all = allMovements(workingSet);
  const readings = all.filter((movement) => movement.code === subject.id && !isTakenBack(movement, all));
  if (readings.length === 0) return [];
  const counting: SubjectState = {
    rowsByTable: new Map<SubjectTableName, ReadonlyMap<string, LedgerRow>>([
      ['labels', new Map([[label.id, label]])],
      ['label_facts', new Map(facts.map((fact) => [fact.id, fact]))],
    ]),
    conflicts: [],
  };
  const subjectsByKey = new Map(workingSet.subjectsByKey).set(subjectKey(subject), counting);
  return readings.flatMap((movement) => unknownCodeOf(movement, { ...workingSet, subjectsByKey }));
}

import type { Conflict } from '#ledger/conflict.ts';
import { sameConflict } from '#ledger/conflict.ts';
import { type Subject, type SubjectTableName, subjectKey, subjectLedgers } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import { countedFacts } from './counted-facts.ts';
import { foldSubject } from './fold-subject.ts';
import { joinEffects } from './join-effects.ts';
import {
  type LedgerRow,
  type SubjectRow,
  type SubjectState,
  unknownSubject,
  withRows,
} from './subject-state.ts';
import { type Effects, noEffects, type WorkingSet } from './working-set.ts';

/** A fact and the subject that it is about. */
export type SubjectFact = { readonly subject: Subject; readonly row: FactRow };

/**
 * [SL3] What the rows become when these facts join the history of their subjects: folds each subject anew and keeps
 * what differs. A fact that is there already is not added again.
 */
export function effectsOfFacts(workingSet: WorkingSet, facts: readonly SubjectFact[]): Effects {
  const bySubject = Map.groupBy(facts, ({ subject }) => subjectKey(subject));
  return [...bySubject.values()]
    .map((ofOne) => effectsOnSubject(workingSet, ofOne))
    .reduce(joinEffects, noEffects);
}

function effectsOnSubject(workingSet: WorkingSet, facts: readonly SubjectFact[]): Effects {
  const [first] = facts;
  if (first === undefined) return noEffects;
  const { subject } = first;
  const table: SubjectTableName = subjectLedgers[subject.ledger].facts;
  const before = workingSet.subjectsByKey.get(subjectKey(subject)) ?? unknownSubject;
  const known = before.rowsByTable.get(table) ?? new Map<string, LedgerRow>();
  const added = facts
    .filter(({ row }) => !known.has(row.id))
    .map(({ row }): SubjectRow => ({ subject, table, row, isDeleted: false }));
  const history = withRows(before, added);
  const all = [...(history.rowsByTable.get(table)?.values() ?? [])] as FactRow[];
  const fold = foldSubject(subject, { before, all, counted: countedFacts(all), workingSet });
  return {
    ...noEffects,
    subjectRows: [...added, ...fold.rows.flatMap((derived) => changeOf(subject, derived, before))],
    ...conflictChanges(before.conflicts, fold.conflicts),
  };
}

type DerivedRow = { readonly table: SubjectTableName; readonly row: LedgerRow; readonly isDeleted?: boolean };

function changeOf(
  subject: Subject,
  { table, row, isDeleted = false }: DerivedRow,
  before: SubjectState,
): SubjectRow[] {
  const present = before.rowsByTable.get(table)?.get(row.id);
  const isAsBefore = isDeleted ? present === undefined : present !== undefined && sameRow(present, row);
  return isAsBefore ? [] : [{ subject, table, row, isDeleted }];
}

function sameRow(a: LedgerRow, b: LedgerRow): boolean {
  return Object.keys(b).every((column) => a[column] === b[column]);
}

function conflictChanges(before: readonly Conflict[], after: readonly Conflict[]) {
  const beforeById = new Map(before.map((conflict) => [conflict.id, conflict]));
  const afterIds = new Set(after.map(({ id }) => id));
  return {
    conflicts: after.filter((conflict) => !sameConflict(conflict, beforeById.get(conflict.id))),
    vanishedConflicts: before.filter(({ id }) => !afterIds.has(id)),
  };
}

import type { Conflict } from '#ledger/conflict.ts';
import { type Subject, type SubjectTableName, subjectKey } from '#schema/subject-ledgers.ts';
import type { LedgerRow } from './subject-state.ts';
import type { WorkingSet } from './working-set.ts';

/** What an executor found of some subjects: rows by table and `subjectKey`, and the conflicts that name them. */
export type FoundSubjects = {
  readonly tables: ReadonlyMap<SubjectTableName, ReadonlyMap<string, readonly LedgerRow[]>>;
  readonly conflicts: readonly Conflict[];
};

/** Puts these subjects into the working set, also those of which nothing was found. */
export function putSubjects(
  { subjectsByKey }: WorkingSet,
  subjects: readonly Subject[],
  { tables, conflicts }: FoundSubjects,
): void {
  const conflictsByKey = Map.groupBy(conflicts, ({ subject }) => subject ?? '');
  for (const key of subjects.map(subjectKey)) {
    const rowsByTable = new Map(
      [...tables].map(([table, rowsByKey]) => [
        table,
        new Map(rowsByKey.get(key)?.map((row) => [row.id, row] as const)),
      ]),
    );
    subjectsByKey.set(key, { rowsByTable, conflicts: conflictsByKey.get(key) ?? [] });
  }
}

import type { Conflict } from '#ledger/conflict.ts';
import type { LedgerRow } from '#operations/subject-state.ts';
import { type BaseRow, DELETED } from './base-row.ts';
import { createConflictBook } from './conflict-book.ts';
import { type EditFact, fieldOfJson, fieldsOfJson, orderTextOf } from './edit-fact.ts';
import { changeableFields, type EditableTableName, type FieldValue } from './editable-tables.ts';
import { columnNamesOf, columnsOfValue, fieldOfRow } from './row-fields.ts';

/** What stands in one field while the facts are walked through. */
type Standing = {
  value: FieldValue;
  /** The edit that it is from; null where no edit that counts has touched the field. */
  fact: EditFact | null;
  /** [FE7] Values that edits put over it which were taken back since: who saw one of them knew what stands. */
  readonly alsoKnown: Set<FieldValue>;
};

export type WalkedRow = {
  /** The row as it is now; null where it is deleted, or was never made. */
  readonly row: LedgerRow | null;
  readonly conflicts: readonly Conflict[];
};

export type RowFacts = {
  readonly table: EditableTableName;
  readonly rowId: string;
  readonly base: BaseRow | null;
  /** All that was said of the row but undos, in order; those that were taken back included. */
  readonly facts: readonly EditFact[];
  readonly isCounted: (fact: EditFact) => boolean;
};

/** [FE2] to [FE12]: what base and facts amount to, one fact after the other in the order in which they happened. */
export function walkEdits({ table, rowId, base, facts, isCounted }: RowFacts): WalkedRow {
  const creation = facts.find(({ kind }) => kind === 'create_row');
  const columns = { ...fieldsOfJson(creation?.value ?? null), ...base?.columns } as Omit<LedgerRow, 'id'>;
  const standings = new Map(
    changeableFields(table).map((field): [string, Standing] => [
      field,
      { value: fieldOfRow(table, columns, field), fact: null, alsoKnown: new Set() },
    ]),
  );
  const book = createConflictBook({ table, rowId, columns });
  let deletion = deletionAtStart(base, creation, isCounted);
  for (const fact of facts) {
    switch (fact.kind) {
      case 'edit_fields':
        edit(fact);
        break;
      case 'delete_row':
        if (isCounted(fact) && !isCovered(fact, DELETED)) remove(fact);
        break;
      case 'restore_row':
        if (!isCounted(fact) || deletion === null || isCovered(fact, DELETED)) break;
        book.settleDeletion(fact);
        deletion = null;
        break;
    }
  }
  const row: LedgerRow = { ...columns, id: rowId };
  for (const [field, { value, fact }] of standings) {
    if (fact !== null) Object.assign(row, columnsOfValue(table, field, value));
  }
  return { row: deletion === null ? row : null, conflicts: book.conflicts() };

  function edit(fact: EditFact): void {
    const field = fact.field ?? '';
    const standing = standings.get(field);
    const [column = ''] = columnNamesOf(table, field);
    if (standing === undefined || isCovered(fact, column)) return;
    const value = fieldOfJson(fact.value);
    const saw = fieldOfJson(fact.saw);
    const isKnowing = knows(standing, saw);
    if (!isCounted(fact)) {
      if (isKnowing) standing.alsoKnown.add(value);
      return;
    }
    if (isKnowing) book.settleField(field, fact);
    else book.settleKept(field, saw, fact);
    if (value === standing.value) return;
    if (deletion !== null) book.keepForDeletion(deletion.by, { field, value, fact });
    else if (!isKnowing)
      book.open(field, { first: standing.fact, kept: standing.value, second: fact, value });
    standings.set(field, { value, fact, alsoKnown: new Set() });
  }

  function remove(fact: EditFact): void {
    const unseen = Object.entries(fieldsOfJson(fact.saw)).flatMap(([field, saw]) => {
      const standing = standings.get(field);
      if (standing === undefined || standing.fact === null || knows(standing, saw)) return [];
      return [{ field, value: standing.value, fact: standing.fact }];
    });
    if (deletion !== null) {
      if (unseen.length > 0) return;
      book.settleDeletion(fact);
    } else {
      for (const field of standings.keys()) book.settleField(field, fact);
      for (const kept of unseen) book.keepForDeletion(fact, kept);
    }
    deletion = { by: fact };
  }

  /** [FE8] True for what happened before its column was written by other means. */
  function isCovered(fact: EditFact, column: string): boolean {
    const since = base?.since[column];
    return since !== undefined && orderTextOf(fact) <= since;
  }
}

function knows(standing: Standing, saw: FieldValue): boolean {
  return saw === standing.value || standing.alsoKnown.has(saw);
}

/** [FE10] A row whose making was taken back is deleted from then on, as by that. */
function deletionAtStart(
  base: BaseRow | null,
  creation: EditFact | undefined,
  isCounted: (fact: EditFact) => boolean,
): { readonly by: EditFact | null } | null {
  if (base?.isDeleted === true) return { by: null };
  const isDecided = base !== null && DELETED in base.since;
  return creation !== undefined && !isCounted(creation) && !isDecided ? { by: creation } : null;
}

import { countedFacts } from '#operations/counted-facts.ts';
import type { SubjectFold } from '#operations/fold-subject.ts';
import { rowsOf, type SubjectState } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import { type BaseRow, baseOfRow, baseOfText, rebase, textOfBase } from './base-row.ts';
import { type EditFact, orderTextOf } from './edit-fact.ts';
import { type EditableTableName, editableTableNames } from './editable-tables.ts';
import { type WalkedRow, walkEdits } from './walk-edits.ts';

/** [FE2] [FE8] A row as its edits leave it, and the conflicts between them. `before` is how it was without the new ones. */
export function foldEditedRow(
  rowId: string,
  history: readonly EditFact[],
  before: SubjectState,
): SubjectFold {
  const table = editableTableNames.find((name) => history.some((fact) => fact.table_name === name));
  if (table === undefined) return { rows: [], conflicts: [] };
  const base = baseNow(table, rowId, before);
  const { row, conflicts } = walk(table, rowId, base, history);
  return {
    rows: [
      { table, row: row ?? { id: rowId }, isDeleted: row === null },
      ...(base === null ? [] : [{ table: 'edited_rows' as const, row: rowOfBase(table, rowId, base) }]),
    ],
    conflicts,
  };
}

/** [FE8] What counts as there without edits, as far as that shows before the new facts. */
function baseNow(table: EditableTableName, rowId: string, before: SubjectState): BaseRow | null {
  const present = rowsOf(before, table)[0];
  const known = rowsOf(before, 'field_edits');
  const [kept] = rowsOf(before, 'edited_rows');
  const base = kept?.base == null ? null : baseOfText(kept.base);
  if (known.length === 0) return present === undefined ? base : baseOfRow(table, present);
  const expected = walk(table, rowId, base, known).row;
  const newest = known.map(orderTextOf).reduce((latest, one) => (one > latest ? one : latest));
  return rebase(table, base, expected, present, newest);
}

function walk(
  table: EditableTableName,
  rowId: string,
  base: BaseRow | null,
  history: readonly EditFact[],
): WalkedRow {
  const counted = new Set(countedFacts(history).map(({ id }) => id));
  const facts = history
    .filter(({ kind }) => kind !== 'undo')
    .toSorted((a, b) => (orderTextOf(a) < orderTextOf(b) ? -1 : 1));
  return walkEdits({ table, rowId, base, facts, isCounted: ({ id }) => counted.has(id) });
}

function rowOfBase(table: EditableTableName, rowId: string, base: BaseRow): RowOf<'edited_rows'> {
  return { id: rowId, table_name: table, base: textOfBase(table, base) };
}

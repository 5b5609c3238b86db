import { rowsOf, unknownSubject } from '#operations/subject-state.ts';
import type { Effects, WorkingSet } from '#operations/working-set.ts';
import type { Permission } from '#permissions/roles.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { editableTableNames, editableTables } from './editable-tables.ts';

/** [FE14] What a person needs for these effects, as far as they change rows that people edit; an undo of edits too. */
export function permissionsToEdit(
  { subjectRows }: Effects,
  { subjectsByKey }: WorkingSet,
): readonly Permission[] {
  const named = subjectRows.flatMap(({ subject, row }) => {
    if (subject.ledger !== 'edits') return [];
    const known = rowsOf(subjectsByKey.get(subjectKey(subject)) ?? unknownSubject, 'field_edits');
    return [row['table_name'], ...known.map(({ table_name }) => table_name)];
  });
  const tables = editableTableNames.filter((table) => named.includes(table));
  return [...new Set(tables.map((table) => editableTables[table].permission))];
}

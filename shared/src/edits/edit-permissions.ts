import { rowsOf, type SubjectRow, unknownSubject } from '#operations/subject-state.ts';
import type { Effects, WorkingSet } from '#operations/working-set.ts';
import type { Permission } from '#permissions/roles.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { type EditableTable, editableTableNames, editableTables } from './editable-tables.ts';

/**
 * [FE14] [FE16] What a person needs for these effects, as far as they change rows that people edit; an undo of edits
 * too.
 */
export function permissionsToEdit({ subjectRows }: Effects, workingSet: WorkingSet): readonly Permission[] {
  const ofEdits = subjectRows.filter(({ subject }) => subject.ledger === 'edits');
  const byKey = Map.groupBy(ofEdits, ({ subject }) => subjectKey(subject));
  return [...new Set([...byKey].flatMap(([key, changed]) => permissionFor(key, changed, workingSet)))];
}

function permissionFor(
  key: string,
  changed: readonly SubjectRow[],
  { subjectsByKey }: WorkingSet,
): Permission[] {
  const known = rowsOf(subjectsByKey.get(key) ?? unknownSubject, 'field_edits');
  const facts = [
    ...known.map(({ table_name, kind }) => ({ table: table_name, kind })),
    ...changed.map(({ row }) => ({ table: row['table_name'], kind: row['kind'] })),
  ];
  const name = editableTableNames.find((table) => facts.some((fact) => fact.table === table));
  if (name === undefined) return [];
  const { permission, permissionToAdd = permission }: EditableTable = editableTables[name];
  const isOnlyMade = facts.every(({ kind }) => kind == null || kind === 'create_row' || kind === 'undo');
  const isMade = facts.some(({ kind }) => kind === 'create_row');
  return [isMade && isOnlyMade ? permissionToAdd : permission];
}

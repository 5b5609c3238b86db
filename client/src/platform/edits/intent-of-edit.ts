import type {
  CreateRow,
  DeleteRow,
  EditFields,
  FieldEdit,
  RestoreRow,
} from '@eventkit/shared/edits/edit-intents.ts';
import type { EditableTableName, FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import { fieldOfRow, fieldsOfRow } from '@eventkit/shared/edits/row-fields.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';

/** A change of one field of a row as this device shows it; null where it is so already. */
export function editOf(
  table: EditableTableName,
  row: LedgerRow,
  field: string,
  value: FieldValue,
): EditFields | null {
  const saw = fieldOfRow(table, row, field);
  if (saw === value) return null;
  return editFields(table, row.id, [{ field, saw, value }]);
}

/** What somebody had said who was not heard takes the place of what stands, or what stands is said once more. */
export function decisionOf(table: EditableTableName, row: LedgerRow, field: string, value: FieldValue) {
  return editFields(table, row.id, [{ field, saw: fieldOfRow(table, row, field), value }]);
}

/** Takes away a row with all that this device shows of it. */
export function deletionOf(table: EditableTableName, row: LedgerRow): DeleteRow {
  const saw = fieldsOfRow(table, row).map(([field, value]) => ({ field, value }));
  return { kind: 'delete_row', table, rowId: row.id, saw };
}

export function restorationOf(table: EditableTableName, rowId: string): RestoreRow {
  return { kind: 'restore_row', table, rowId };
}

export function creationOf(
  table: EditableTableName,
  rowId: string,
  values: Readonly<Record<string, FieldValue>>,
): CreateRow {
  const named = Object.entries(values).map(([field, value]) => ({ field, value }));
  return { kind: 'create_row', table, rowId, values: named };
}

function editFields(table: EditableTableName, rowId: string, edits: readonly FieldEdit[]): EditFields {
  return { kind: 'edit_fields', table, rowId, edits };
}

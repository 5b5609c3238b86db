import type { EditableTableName, FieldValue } from './editable-tables.ts';

/** One field of a row, as it was seen and as it shall be. Values as JSON has them; instants and ids are text. */
export type FieldEdit = { readonly field: string; readonly saw: FieldValue; readonly value: FieldValue };
export type NamedValue = { readonly field: string; readonly value: FieldValue };

/** A person changed fields of a row. */
export type EditFields = {
  readonly kind: 'edit_fields';
  readonly table: EditableTableName;
  readonly rowId: string;
  readonly edits: readonly FieldEdit[];
};

/** A person added a row. */
export type CreateRow = {
  readonly kind: 'create_row';
  readonly table: EditableTableName;
  /** Made by the device. */
  readonly rowId: string;
  /** Every field of the table. */
  readonly values: readonly NamedValue[];
};

/** A person took a row away. */
export type DeleteRow = {
  readonly kind: 'delete_row';
  readonly table: EditableTableName;
  readonly rowId: string;
  /** The row as the device showed it, so that what it did not show can be told from what was meant to go. */
  readonly saw: readonly NamedValue[];
};

/** A person brought a row back that was taken away. */
export type RestoreRow = {
  readonly kind: 'restore_row';
  readonly table: EditableTableName;
  readonly rowId: string;
};

/** What is said of the fields of a row. */
export type EditIntent = EditFields | CreateRow | DeleteRow | RestoreRow;

const editKinds: ReadonlySet<string> = new Set<EditIntent['kind']>([
  'edit_fields',
  'create_row',
  'delete_row',
  'restore_row',
]);

/** True for a kind of operation that says something of the fields of a row. */
export function isEditKind(kind: string): kind is EditIntent['kind'] {
  return editKinds.has(kind);
}

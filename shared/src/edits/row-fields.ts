import type { LedgerRow } from '#operations/subject-state.ts';
import {
  changeableFields,
  columnsOfField,
  type EditableTableName,
  type FieldValue,
  ruleOf,
} from './editable-tables.ts';

type Columns = Omit<LedgerRow, 'id'>;
type ColumnValue = string | number | null;

/** What a field of a row says; null where the row has nothing there. */
export function fieldOfRow(table: EditableTableName, row: Columns, field: string): FieldValue {
  const values = columnNamesOf(table, field).map((column) => row[column] ?? null);
  const [only = null] = values;
  if (values.length === 1) return only;
  return values.every((value) => value !== null) ? values.join('/') : null;
}

/** The columns that a field with this value fills. */
export function columnsOfValue(
  table: EditableTableName,
  field: string,
  value: FieldValue,
): Record<string, ColumnValue> {
  const columns = columnNamesOf(table, field);
  const parts = columns.length === 1 ? [value] : String(value ?? '').split('/');
  return Object.fromEntries(columns.map((column, index) => [column, columnValue(parts[index])]));
}

/** Every field that may change, as the row has it: what a person saw who looked at it. */
export function fieldsOfRow(table: EditableTableName, row: Columns): [field: string, value: FieldValue][] {
  return changeableFields(table).map((field) => [field, fieldOfRow(table, row, field)]);
}

/** The first column says when a field last got its value by other means. */
export function columnNamesOf(table: EditableTableName, field: string): readonly string[] {
  const rule = ruleOf(table, field);
  return rule === null ? [] : columnsOfField(field, rule);
}

/** No column of a device or of PostgreSQL that can be edited is a boolean. */
function columnValue(value: FieldValue | undefined): ColumnValue {
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}

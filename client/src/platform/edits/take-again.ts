import { checkField, type FieldProblem } from '@eventkit/shared/edits/check-field.ts';
import {
  changeableFields,
  type EditableTableName,
  editableTables,
  type FieldValue,
  ruleOf,
} from '@eventkit/shared/edits/editable-tables.ts';
import { columnNamesOf, fieldOfRow } from '@eventkit/shared/edits/row-fields.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import type { Platform } from '#platform/platform.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { instantOfJson } from './instant-of-json.ts';
import { editOf } from './intent-of-edit.ts';

/** What a field, or one of the columns of a field, said once. */
export type EarlierValue = {
  readonly table: EditableTableName;
  readonly rowId: string;
  /** The field, or its column where it has several. */
  readonly name: string;
  /** As a device or as PostgreSQL writes it in JSON. */
  readonly value: FieldValue;
};

export type TakenAgain =
  | { readonly tag: 'taken' }
  /** It says so now. */
  | { readonly tag: 'stands' }
  /** This device does not have the row: it is deleted, or too far from what this device needs. */
  | { readonly tag: 'gone' }
  /** It was right once and is not now. */
  | { readonly tag: 'invalid'; readonly problem: FieldProblem['problem'] }
  /** The decision of this device is already against it. */
  | { readonly tag: 'refused' }
  | { readonly tag: 'not_recorded' };

/**
 * Whether people can bring an earlier value of it back at all. Where a line stands in its list is a key that means nothing
 * beside other neighbours.
 */
export function canBeTakenAgain(table: string, name: string): table is EditableTableName {
  if (!Object.hasOwn(editableTables, table)) return false;
  const field = fieldNamed(table as EditableTableName, name);
  return field !== null && ruleOf(table as EditableTableName, field)?.type !== 'order_key';
}

/**
 * Says again what a field said once, as a new edit over what stands now: it is undone, merged and judged as any other. Of a
 * field of several columns the others stay as they are.
 */
export async function takeAgain(
  {
    replica,
    recordOperation,
  }: { readonly replica: Pick<Replica, 'getAll'>; readonly recordOperation: Platform['recordOperation'] },
  { table, rowId, name, value }: EarlierValue,
): Promise<TakenAgain> {
  const field = fieldNamed(table, name);
  if (field === null) return { tag: 'invalid', problem: 'unknown_field' };
  // The table is one of those that the schema names.
  const [row] = await replica.getAll<LedgerRow>(`SELECT * FROM ${table}_now WHERE id = ?`, [rowId]);
  if (row === undefined) return { tag: 'gone' };
  const checked = checkField(table, field, wholeValue(table, row, field, name, value));
  if (!checked.ok) return { tag: 'invalid', problem: checked.error.problem };
  const intent = editOf(table, row, field, checked.value);
  if (intent === null) return { tag: 'stands' };
  const recorded = await recordOperation(intent);
  if (!recorded.ok) return { tag: 'not_recorded' };
  return { tag: recorded.value.decision.verdict === 'refused' ? 'refused' : 'taken' };
}

function fieldNamed(table: EditableTableName, name: string): string | null {
  const fields = changeableFields(table);
  return fields.find((field) => field === name || columnNamesOf(table, field).includes(name)) ?? null;
}

function wholeValue(
  table: EditableTableName,
  row: LedgerRow,
  field: string,
  name: string,
  value: FieldValue,
): FieldValue {
  const rule = ruleOf(table, field);
  if (rule?.type === 'text') return value ?? '';
  if (rule?.type !== 'instants' || name === field) return value;
  const parts = String(fieldOfRow(table, row, field) ?? '').split('/');
  return rule.columns
    .map((column, index) => (column === name ? instantOfJson(String(value)) : (parts[index] ?? '')))
    .join('/');
}

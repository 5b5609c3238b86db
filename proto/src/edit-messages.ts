import type { MessageInitShape } from '@bufbuild/protobuf';
import type { EditIntent, NamedValue } from '@eventkit/shared/edits/edit-intents.ts';
import type { EditableTableName, FieldValue } from '@eventkit/shared/edits/editable-tables.ts';
import {
  EditableTable,
  type FieldValue as FieldValueMessage,
  type FieldValueSchema,
  type NamedValue as NamedValueMessage,
  type Operation as OperationMessage,
  type OperationSchema,
} from '#gen/eventkit/v1/operation_pb.ts';
import { wordOf } from './operation-enums.ts';

type IntentMessage = OperationMessage['intent'];
type EditMessage = Extract<IntentMessage, { case: 'editFields' | 'createRow' | 'deleteRow' | 'restoreRow' }>;
type EditInit = Extract<
  NonNullable<MessageInitShape<typeof OperationSchema>['intent']>,
  { case: EditMessage['case'] }
>;

const tableNumbers = {
  events: EditableTable.EVENTS,
  pull_lists: EditableTable.PULL_LISTS,
  pull_list_lines: EditableTable.PULL_LIST_LINES,
} as const satisfies Record<EditableTableName, EditableTable>;

/** What a checked message says of a row. */
export function editOfMessage(message: EditMessage): EditIntent {
  const { value } = message;
  const table = wordOf(tableNumbers, value.table);
  if (table === undefined) throw new Error('a checked operation lacks its table');
  const rowId = value.rowId.toLowerCase();
  switch (message.case) {
    case 'editFields': {
      const edits = message.value.edits.map((edit) => ({
        field: edit.field,
        saw: valueOfMessage(edit.saw),
        value: valueOfMessage(edit.value),
      }));
      return { kind: 'edit_fields', table, rowId, edits };
    }
    case 'createRow':
      return { kind: 'create_row', table, rowId, values: message.value.values.map(namedOf) };
    case 'deleteRow':
      return { kind: 'delete_row', table, rowId, saw: message.value.saw.map(namedOf) };
    case 'restoreRow':
      return { kind: 'restore_row', table, rowId };
  }
}

/** The wire form of what is said of a row. */
export function editInit(intent: EditIntent): EditInit {
  const row = { table: tableNumbers[intent.table], rowId: intent.rowId };
  switch (intent.kind) {
    case 'edit_fields': {
      const edits = intent.edits.map(({ field, saw, value }) => ({
        field,
        saw: valueInit(saw),
        value: valueInit(value),
      }));
      return { case: 'editFields', value: { ...row, edits } };
    }
    case 'create_row':
      return { case: 'createRow', value: { ...row, values: intent.values.map(namedInit) } };
    case 'delete_row':
      return { case: 'deleteRow', value: { ...row, saw: intent.saw.map(namedInit) } };
    case 'restore_row':
      return { case: 'restoreRow', value: row };
  }
}

function namedOf({ field, value }: NamedValueMessage): NamedValue {
  return { field, value: valueOfMessage(value) };
}

function namedInit({ field, value }: NamedValue) {
  return { field, value: valueInit(value) };
}

function valueOfMessage(message: FieldValueMessage | undefined): FieldValue {
  const held = message?.value;
  switch (held?.case) {
    case 'wholeNumber':
      return Number(held.value);
    case 'text':
    case 'isSo':
      return held.value;
    case undefined:
      return null;
  }
}

function valueInit(value: FieldValue): MessageInitShape<typeof FieldValueSchema> {
  switch (typeof value) {
    case 'string':
      return { value: { case: 'text', value } };
    case 'number':
      return { value: { case: 'wholeNumber', value: BigInt(value) } };
    case 'boolean':
      return { value: { case: 'isSo', value } };
    default:
      return {};
  }
}

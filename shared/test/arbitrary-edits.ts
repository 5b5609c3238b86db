import fc from 'fast-check';
import type { CreateRow, EditIntent, FieldEdit } from '#edits/edit-intents.ts';
import type { EditableTableName, FieldValue } from '#edits/editable-tables.ts';
import type { EventId } from '#kernel/ids.ts';
import type { Intent, Operation } from '#operations/operation.ts';
import type { SubjectState } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { productIds } from './arbitrary-bulk.ts';
import { eventIds } from './arbitrary-ledger.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { testId } from './test-ids.ts';

const eventId = eventIds[0] ?? testId<EventId>('event', 1);
export const listId = testId<string>('list', 1);
/** There from the beginning. */
export const lineIds = [testId<string>('line', 1), testId<string>('line', 2)] as const;
/** There only once somebody adds them. */
export const newLineIds = [testId<string>('line', 11), testId<string>('line', 12)] as const;

const event: RowOf<'events'> = {
  id: eventId,
  name: 'Winterleuchten',
  client_name: '',
  venue: 'Old port',
  status: 'confirmed',
  load_at: '2026-06-02T06:00:00.000000Z',
  starts_at: '2026-06-02T16:00:00.000000Z',
  ends_at: '2026-06-02T22:00:00.000000Z',
  return_at: '2026-06-03T08:00:00.000000Z',
};

export const testLine = (id: string): RowOf<'pull_list_lines'> => ({
  id,
  pull_list_id: listId,
  event_id: eventId,
  product_id: productIds[0],
  quantity: 4,
  note: '',
  order_key: '1i',
});

/** The rows that people edit, as they are before anybody did. */
export function addEditedRows({ subjectsByKey }: MemoryLedger): void {
  const put = (table: EditableTableName, row: SubjectRowOf) => {
    const state: SubjectState = { rowsByTable: new Map([[table, new Map([[row.id, row]])]]), conflicts: [] };
    subjectsByKey.set(subjectKey({ ledger: 'edits', id: row.id }), state);
  };
  put('events', event);
  put('pull_lists', { id: listId, event_id: eventId, name: 'Light' });
  for (const id of lineIds) put('pull_list_lines', testLine(id));
}

type SubjectRowOf = { readonly id: string; readonly [column: string]: string | number | null };

const quantity = fc.constantFrom<FieldValue>(4, 4, 6, 8);
const note = fc.constantFrom<FieldValue>('', 'front truss');
const seen = (values: fc.Arbitrary<FieldValue>, field: string): fc.Arbitrary<FieldEdit> =>
  fc.record({ field: fc.constant(field), saw: values, value: values });

const lineEdits = fc.oneof(
  { weight: 4, arbitrary: seen(quantity, 'quantity').map((edit) => [edit]) },
  { weight: 1, arbitrary: fc.tuple(seen(quantity, 'quantity'), seen(note, 'note')) },
  { weight: 1, arbitrary: fc.constant([{ field: 'quantity', saw: 4, value: 0 }]) },
);
const lineId = fc.constantFrom(lineIds[0], lineIds[0], lineIds[0], lineIds[1], newLineIds[0], newLineIds[1]);
const times = [
  '2026-06-02T06:00:00.000000Z/2026-06-02T16:00:00.000000Z/2026-06-02T22:00:00.000000Z/2026-06-03T08:00:00.000000Z',
  '2026-06-02T05:00:00.000000Z/2026-06-02T15:00:00.000000Z/2026-06-02T22:00:00.000000Z/2026-06-03T08:00:00.000000Z',
];
const table = fc.constant('pull_list_lines' as const);

/** Few rows, few values and what was seen at random, so that edits meet with and without knowing of one another. */
export const arbitraryEditIntent: fc.Arbitrary<EditIntent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit_fields' as const),
      table,
      rowId: lineId,
      edits: lineEdits as fc.Arbitrary<FieldEdit[]>,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit_fields' as const),
      table: fc.constant('events' as const),
      rowId: fc.oneof({ weight: 9, arbitrary: fc.constant(eventId) }, { weight: 1, arbitrary: lineId }),
      edits: seen(fc.constantFrom<FieldValue>(...times), 'times').map((edit) => [edit]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delete_row' as const),
      table,
      rowId: lineId,
      saw: fc.tuple(quantity, note).map(([seenQuantity, seenNote]) => [
        { field: 'quantity', value: seenQuantity },
        { field: 'note', value: seenNote },
      ]),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restore_row' as const), table, rowId: lineId }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('create_row' as const),
      table,
      rowId: fc.constantFrom(...newLineIds, newLineIds[0], lineIds[0]),
      values: fc
        .tuple(quantity, fc.constantFrom(...productIds, testId('product', 99)))
        .map(([many, product]) => [
          { field: 'pull_list_id', value: listId },
          { field: 'product_id', value: product },
          { field: 'quantity', value: many },
          { field: 'note', value: '' },
          { field: 'order_key', value: '2i' },
        ]),
    }),
  },
);

/** True for what is said of a row that has to be there. */
export function isOfRow(intent: Intent): intent is Exclude<EditIntent, CreateRow> {
  return intent.kind === 'edit_fields' || intent.kind === 'delete_row' || intent.kind === 'restore_row';
}

/** True for the making of this row. */
export function makes(intent: Intent, rowId: string): boolean {
  return intent.kind === 'create_row' && intent.rowId === rowId;
}

/** Ids are made on devices: no row is made twice, and none is edited by who cannot know of it. */
export function onMadeRow(intent: Intent, before: readonly Operation[]): Intent {
  const isMade = (rowId: string) => before.some((operation) => makes(operation.intent, rowId));
  if (intent.kind === 'create_row' && isMade(intent.rowId)) return { ...intent, rowId: lineIds[0] };
  const isMissing = isOfRow(intent) && newLineIds.some((id) => id === intent.rowId) && !isMade(intent.rowId);
  return isMissing ? { ...intent, rowId: lineIds[0] } : intent;
}

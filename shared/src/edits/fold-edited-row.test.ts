import { describe, expect, it } from 'vitest';
import type { Operation } from '#operations/operation.ts';
import { rowsOf, withRows } from '#operations/subject-state.ts';
import type { Decision } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { productIds } from '#test/arbitrary-bulk.ts';
import { lineIds, listId, newLineIds } from '#test/arbitrary-edits.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { CreateRow, EditFields } from './edit-intents.ts';
import type { FieldValue } from './editable-tables.ts';

const [line] = lineIds;
const lea = testId<Operation['deviceId']>('device', 1);
const tom = testId<Operation['deviceId']>('device', 2);

describe('a line that people edit', () => {
  it('[FE2] different fields both stand', () => {
    const ledger = after(edit(1, lea, 'quantity', 4, 8), edit(2, tom, 'note', '', 'front truss'));
    expect(rowIn(ledger)).toMatchObject({ quantity: 8, note: 'front truss' });
    expect(conflictsIn(ledger)).toEqual([]);
  });

  it('[FE3] the same value twice is no conflict', () => {
    const ledger = after(edit(1, lea, 'quantity', 4, 8), edit(2, tom, 'quantity', 4, 8));
    expect(conflictsIn(ledger)).toEqual([]);
  });

  it('[FE4] whoever saw what stands replaces it', () => {
    const ledger = after(edit(1, lea, 'quantity', 4, 8), edit(2, tom, 'quantity', 8, 6));
    expect(rowIn(ledger)).toMatchObject({ quantity: 6 });
    expect(conflictsIn(ledger)).toEqual([]);
  });

  it('[FE5] [FE6] whoever did not keeps the other value in a conflict, and taking it settles that', () => {
    const [first, second] = [edit(1, lea, 'quantity', 4, 8), edit(2, tom, 'quantity', 4, 6)];
    const ledger = after(second, first);
    expect(rowIn(ledger)).toMatchObject({ quantity: 6 });
    const detail = {
      table: 'pull_list_lines',
      rowId: line,
      kept: [{ field: 'quantity', value: 8 }],
      stands: 6,
    };
    expect(conflictsIn(ledger)).toMatchObject([
      {
        class: 'same_field',
        status: 'open',
        firstMovementId: `${first.id}:0`,
        secondMovementId: `${second.id}:0`,
        detail: JSON.stringify(detail),
      },
    ]);
    expect(say(ledger, edit(3, lea, 'quantity', 6, 8))).toMatchObject({ verdict: 'applied' });
    expect(rowIn(ledger)).toMatchObject({ quantity: 8 });
    expect(conflictsIn(ledger)).toMatchObject([{ status: 'settled' }]);
  });

  it('[FE6] saying once more what stands settles it too, and is no empty act', () => {
    const ledger = after(edit(1, lea, 'quantity', 4, 8), edit(2, tom, 'quantity', 4, 6));
    expect(say(ledger, edit(3, lea, 'quantity', 6, 6))).toMatchObject({ verdict: 'applied' });
    expect(conflictsIn(ledger)).toMatchObject([{ status: 'settled' }]);
  });

  it('[FE7] an undo leads back to what the others say, and to the first value', () => {
    const own = edit(1, lea, 'quantity', 4, 8);
    const ledger = after(own, edit(2, tom, 'quantity', 8, 9), undo(3, lea, own));
    expect(rowIn(ledger)).toMatchObject({ quantity: 9 });
    expect(conflictsIn(ledger)).toEqual([]);
    expect(rowIn(after(own, undo(2, lea, own)))).toMatchObject({ quantity: 4 });
  });

  it('[FE8] what was written by other means stays: earlier edits do not come back over it', () => {
    const ledger = after(edit(5, lea, 'quantity', 4, 8));
    writeByOtherMeans(ledger, { quantity: 20, note: 'imported' });
    say(ledger, edit(3, tom, 'quantity', 4, 6));
    expect(rowIn(ledger)).toMatchObject({ quantity: 20, note: 'imported' });
    expect(conflictsIn(ledger)).toEqual([]);
    say(ledger, edit(6, tom, 'note', 'imported', 'seen'));
    expect(rowIn(ledger)).toMatchObject({ quantity: 20, note: 'seen' });
  });

  it('[FE8] a later edit that did not see it stands, and keeps it in a conflict', () => {
    const ledger = after(edit(5, lea, 'quantity', 4, 8));
    writeByOtherMeans(ledger, { quantity: 20 });
    say(ledger, edit(7, lea, 'quantity', 8, 9));
    expect(rowIn(ledger)).toMatchObject({ quantity: 9 });
    expect(conflictsIn(ledger)).toMatchObject([
      { class: 'same_field', firstMovementId: null, status: 'open' },
    ]);
  });

  it('[FE8] and so it is where nobody had edited the row before', () => {
    const ledger = newLedger([]);
    writeByOtherMeans(ledger, { quantity: 20 });
    say(ledger, edit(7, lea, 'quantity', 4, 9));
    expect(conflictsIn(ledger)).toMatchObject([{ class: 'same_field', status: 'open' }]);
  });

  it('[FE9] [FE10] deleted stays deleted, and comes back with the edit that nobody had seen', () => {
    const ledger = after(remove(2, tom, 4), edit(3, lea, 'quantity', 4, 8));
    expect(rowIn(ledger)).toBeUndefined();
    expect(conflictsIn(ledger)).toMatchObject([{ class: 'deleted_and_edited', status: 'open' }]);
    say(ledger, restore(4, lea));
    expect(rowIn(ledger)).toMatchObject({ quantity: 8 });
    expect(conflictsIn(ledger)).toMatchObject([{ status: 'settled' }]);
  });

  it('[FE9] so does what was edited before, unseen by whoever deleted', () => {
    const ledger = after(edit(1, lea, 'quantity', 4, 8), remove(2, tom, 4));
    expect(conflictsIn(ledger)).toMatchObject([{ class: 'deleted_and_edited', status: 'open' }]);
    say(ledger, remove(3, tom, 8));
    expect(conflictsIn(ledger)).toMatchObject([{ status: 'settled' }]);
    expect(conflictsIn(after(edit(1, lea, 'quantity', 4, 8), remove(2, tom, 8)))).toEqual([]);
  });

  it('[FE10] a line whose making was taken back is gone, and what others said of it is kept', () => {
    const [id] = newLineIds;
    const making = create(1, lea, id);
    const ledger = after(making, edit(2, tom, 'quantity', 2, 5, id), undo(3, lea, making));
    expect(rowIn(ledger, id)).toBeUndefined();
    expect(conflictsIn(ledger, id)).toMatchObject([{ class: 'deleted_and_edited', status: 'open' }]);
    say(ledger, { ...restore(4, tom), intent: { kind: 'restore_row', table: 'pull_list_lines', rowId: id } });
    expect(rowIn(ledger, id)).toMatchObject({ quantity: 5, pull_list_id: listId });
  });

  it.each<[string, EditFields['edits']]>([
    ['a field that there is none', [{ field: 'tenant_id', saw: null, value: 'x' }]],
    ['a reference, which is said once', [{ field: 'product_id', saw: null, value: productIds[1] }]],
    ['a value that is not right', [{ field: 'quantity', saw: 4, value: 0 }]],
    ['a field twice', [4, 5].map((value) => ({ field: 'quantity', saw: 4, value }))],
  ])('[FE13] %s is refused', (_, edits) => {
    const intent: EditFields = { kind: 'edit_fields', table: 'pull_list_lines', rowId: line, edits };
    const said = say(newLedger([]), testOperation(1, { intent }));
    expect(said).toMatchObject({ verdict: 'refused', reason: 'invalid_value' });
  });

  it('[FE13] a new line needs every field, a product and a list of this company, and an id of its own', () => {
    const reasonFor = (
      change: Partial<CreateRow> | { readonly field: string; readonly value: FieldValue },
    ) => {
      const { intent } = create(1, lea, newLineIds[0]);
      const values = intent.values.map((one) =>
        'field' in change && one.field === change.field ? change : one,
      );
      const changed = 'field' in change ? { ...intent, values } : { ...intent, ...change };
      return say(newLedger([]), testOperation(1, { intent: changed as CreateRow })).reason;
    };
    expect(reasonFor({})).toBe(null);
    expect(reasonFor({ values: [] })).toBe('invalid_value');
    expect(reasonFor({ table: 'events' })).toBe('invalid_value');
    expect(reasonFor({ field: 'product_id', value: testId('product', 99) })).toBe('unknown_product');
    expect(reasonFor({ field: 'pull_list_id', value: testId('list', 99) })).toBe('unknown_row');
    expect(reasonFor({ rowId: line })).toBe('already_there');
  });
});

function edit(
  second: number,
  deviceId: Operation['deviceId'],
  field: string,
  saw: FieldValue,
  value: FieldValue,
  rowId: string = line,
) {
  const edits = [{ field, saw, value }];
  const intent: EditFields = { kind: 'edit_fields', table: 'pull_list_lines', rowId, edits };
  return testOperation(second, { deviceId, intent });
}

function remove(second: number, deviceId: Operation['deviceId'], seenQuantity: number): Operation {
  const saw = [{ field: 'quantity', value: seenQuantity }];
  const intent = { kind: 'delete_row', table: 'pull_list_lines', rowId: line, saw } as const;
  return testOperation(second, { deviceId, intent });
}

function restore(second: number, deviceId: Operation['deviceId']): Operation {
  const intent = { kind: 'restore_row', table: 'pull_list_lines', rowId: line } as const;
  return testOperation(second, { deviceId, intent });
}

function create(second: number, deviceId: Operation['deviceId'], rowId: string) {
  const intent: CreateRow = {
    kind: 'create_row',
    table: 'pull_list_lines',
    rowId,
    values: [
      { field: 'pull_list_id', value: listId },
      { field: 'product_id', value: productIds[0] },
      { field: 'quantity', value: 2 },
      { field: 'note', value: '' },
      { field: 'order_key', value: '2i' },
    ],
  };
  return { ...testOperation(second, { deviceId, intent }), intent };
}

function undo(second: number, deviceId: Operation['deviceId'], { id }: Operation): Operation {
  return testOperation(second, { deviceId, intent: { kind: 'undo', operationId: id } });
}

function after(...operations: Operation[]): MemoryLedger {
  const ledger = newLedger([]);
  for (const operation of operations) say(ledger, operation);
  return ledger;
}

function say(ledger: MemoryLedger, operation: Operation): Decision {
  return executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null });
}

function stateIn(ledger: MemoryLedger, id: string) {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'edits', id }));
  if (state === undefined) throw new Error('nothing is known of this line');
  return state;
}

function rowIn(ledger: MemoryLedger, id: string = line) {
  return rowsOf(stateIn(ledger, id), 'pull_list_lines')[0];
}

function conflictsIn(ledger: MemoryLedger, id: string = line) {
  return stateIn(ledger, id).conflicts;
}

function writeByOtherMeans(ledger: MemoryLedger, columns: Readonly<Record<string, string | number>>): void {
  const state = stateIn(ledger, line);
  const row = { ...rowIn(ledger), id: line, ...columns };
  const subject = { ledger: 'edits' as const, id: line };
  const change = { subject, table: 'pull_list_lines' as const, row, isDeleted: false };
  ledger.subjectsByKey.set(subjectKey(subject), withRows(state, [change]));
}

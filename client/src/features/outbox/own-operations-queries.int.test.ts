import { describe, expect, test } from 'vitest';
import { openTestReplica } from '#testing/open-test-replica.ts';
import { passes, shownKind, shownReason, shownState } from './describe-operation.ts';
import { OWN_OPERATION_COUNTS, OWN_OPERATIONS, type OwnOperationRow } from './own-operations-queries.ts';

const at = (minute: number) => `2026-11-26T14:${String(minute).padStart(2, '0')}:00.000000Z`;

function openFilled() {
  const replica = openTestReplica();
  replica.put('events', { id: 'e1', name: 'Winterleuchten' });
  replica.put('users', { id: 'u1', name: 'Jana Pichler' });
  replica.put('storage_locations', { id: 's1', code: 'B4-1', name: 'B4-1', kind: 'shelf' });
  replica.put('assets', { id: 'c1', code: 'C-031', is_case: 1, place_kind: 'location', place_id: 's1' });
  const waiting = (sequence: number, intent: object, state = 'waiting') =>
    replica.putLocal('outbox', {
      sequence,
      operation_id: `op-${sequence}`,
      kind: (intent as { kind: string }).kind,
      envelope: '',
      operation: JSON.stringify({ epoch: 'x', intent }),
      recorded_at: at(sequence),
      recorded_by: 'u1',
      state,
    });
  waiting(4, { kind: 'check_out', asset: { code: 'A-0412' }, eventId: 'e1' });
  waiting(5, { kind: 'pack', caseId: 'c1', members: [{}, {}, {}] }, 'kept_unread');
  replica.put('operations', {
    id: 'op-3',
    device_id: 'd1',
    sequence: 3,
    kind: 'check_in',
    verdict: 'refused',
    reason: 'no_permission',
    recorded_at: at(3),
    recorded_by: 'u1',
  });
  replica.putLocal('settled_operations', {
    operation_id: 'op-3',
    operation: JSON.stringify({
      intent: { kind: 'check_in', asset: { code: 'A-0409' }, locationId: 's1', disposition: 'damaged' },
    }),
  });
  replica.put('operations', {
    id: 'op-1',
    sequence: 1,
    kind: 'check_out',
    verdict: 'applied',
    recorded_at: at(1),
    recorded_by: 'gone',
  });
  return replica;
}

describe('operations of this device', () => {
  test('come newest first, waiting and settled ones alike, with names for their places', () => {
    using replica = openFilled();
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [100]);
    expect(rows.map((row) => [shownKind(row), row.code, row.placeName, shownState(row)])).toEqual([
      ['pack', null, 'C-031', 'kept_unread'],
      ['check_out', 'A-0412', 'Winterleuchten', 'waiting'],
      ['check_in_damaged', 'A-0409', 'B4-1', 'refused'],
      ['other', null, null, 'applied'],
    ]);
    expect(rows[0]?.memberCount).toBe(3);
    expect(rows.map((row) => row.recordedByName)).toEqual([
      'Jana Pichler',
      'Jana Pichler',
      'Jana Pichler',
      null,
    ]);
  });

  test('of an edit say which row, by the product of its line, also where the line came to nothing', () => {
    using replica = openTestReplica();
    replica.put('products', { id: 'p1', name: 'Pointe', category: 'Light', tracking: 'serialised' });
    replica.put('pull_list_lines', { id: 'l1', product_id: 'p1', quantity: 2 });
    const record = (
      sequence: number,
      intent: { readonly kind: string; readonly table: string; readonly rowId: string },
    ) =>
      replica.putLocal('outbox', {
        sequence,
        operation_id: `op-${sequence}`,
        kind: intent.kind,
        envelope: '',
        operation: JSON.stringify({ epoch: 'x', intent }),
        recorded_at: at(sequence),
        recorded_by: 'u1',
      });
    const edits = [{ field: 'quantity', saw: 2, value: 3 }];
    const values = [
      { field: 'product_id', value: 'p1' },
      { field: 'quantity', value: 4 },
    ];
    record(1, { kind: 'edit_fields', table: 'pull_list_lines', rowId: 'l1', ...{ edits } });
    record(2, { kind: 'create_row', table: 'pull_list_lines', rowId: 'l2', ...{ values } });
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [100]);
    expect(rows.map(({ editedTable, editedTitle, edits: said }) => [editedTable, editedTitle, said])).toEqual(
      [
        ['pull_list_lines', 'Pointe', JSON.stringify(values)],
        ['pull_list_lines', 'Pointe', JSON.stringify(edits)],
      ],
    );
  });

  test('[UP15] without the right to it: an edit is refused, what was scanned says that it stands', () => {
    using replica = openFilled();
    const stands = { verdict: 'applied', reason: 'no_permission', recorded_at: at(0), recorded_by: 'u1' };
    replica.put('operations', { ...stands, id: 'op-0', sequence: 0, kind: 'check_out' });
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [100]);
    expect(rows.map((row) => [shownState(row), shownReason(row)])).toEqual([
      ['kept_unread', null],
      ['waiting', null],
      ['refused', 'no_permission'],
      ['applied', null],
      ['applied', 'stands_without_right'],
    ]);
  });

  test('say which loose pieces, how many, from where and to where', () => {
    using replica = openFilled();
    replica.put('products', { id: 'tape', name: 'Gaffer tape' });
    const [shelf, event] = [
      { kind: 'location', id: 's1' },
      { kind: 'event', id: 'e1' },
    ];
    const move = { kind: 'move_bulk', productId: 'tape', quantity: 7 };
    const intents = [
      { ...move, from: shelf, to: event },
      { ...move, from: event, to: shelf },
      { ...move, from: shelf, to: null },
      { ...move, from: null, to: shelf },
      { kind: 'count_bulk', productId: 'tape', quantity: 0, place: shelf },
    ];
    for (const [index, intent] of intents.entries()) {
      replica.putLocal('outbox', {
        sequence: 10 + index,
        operation_id: `bulk-${index}`,
        kind: intent.kind,
        envelope: '',
        operation: JSON.stringify({ epoch: 'x', intent }),
        recorded_at: at(10 + index),
        recorded_by: 'u1',
        state: 'waiting',
      });
    }
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [5]).toReversed();
    expect(rows.map((row) => [shownKind(row), row.quantity, row.productName])).toEqual([
      ['bulk_out', 7, 'Gaffer tape'],
      ['bulk_back', 7, 'Gaffer tape'],
      ['bulk_gone', 7, 'Gaffer tape'],
      ['bulk_found', 7, 'Gaffer tape'],
      ['count_bulk', 0, 'Gaffer tape'],
    ]);
    expect([rows[0]?.fromName, rows[0]?.toName, rows[4]?.placeName]).toEqual([
      'B4-1',
      'Winterleuchten',
      'B4-1',
    ]);
  });

  test('can be narrowed to what waits and to what somebody should look at', () => {
    using replica = openFilled();
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [100]);
    const ids = (filter: Parameters<typeof passes>[0]) =>
      rows.filter((row) => passes(filter, row)).map((row) => row.id);
    expect(ids('waiting')).toEqual(['op-4']);
    expect(ids('problems')).toEqual(['op-5', 'op-3']);
    expect(ids('all').length).toBe(4);
  });

  test('say of photos and signatures that only this device has, and of those that could not be sent', () => {
    using replica = openFilled();
    const keep = (id: string, operationId: string, state: string, kind = 'photo') =>
      replica.putLocal('attachment_queue', {
        ...{ id, operation_id: operationId, state, kind, media_type: 'image/jpeg', bytes: '' },
        ...{ byte_size: 1, width: 1, height: 1, taken_at: at(1), kept_at: at(1) },
      });
    keep('p1', 'op-4', 'queued_upload', 'signature');
    keep('p2', 'op-1', 'not_taken');
    keep('p3', 'op-1', 'queued_upload');
    keep('p4', 'op-5', 'synced');
    keep('p5', 'op-3', 'queued_upload');
    const rows = replica.getAll<OwnOperationRow>(OWN_OPERATIONS, [100]);
    expect(rows.map((row) => [row.id, row.waitingFileCount, row.refusedFileCount, row.fileKind])).toEqual([
      ['op-5', 0, 0, null],
      ['op-4', 1, 0, 'signature'],
      ['op-3', 1, 0, 'photo'],
      ['op-1', 2, 1, 'photo'],
    ]);
    const ids = (filter: Parameters<typeof passes>[0]) =>
      rows.filter((row) => passes(filter, row)).map((row) => row.id);
    expect(ids('waiting')).toEqual(['op-4', 'op-3', 'op-1']);
    expect(ids('problems')).toEqual(['op-5', 'op-3', 'op-1']);
    // One of a refused operation goes nowhere any more.
    expect(replica.getAll(OWN_OPERATION_COUNTS)).toMatchObject([{ waitingFiles: 3 }]);
  });

  test('are counted', () => {
    using replica = openFilled();
    expect(replica.getAll(OWN_OPERATION_COUNTS)).toEqual([
      { waiting: 2, unsent: 2, settled: 2, waitingFiles: 0 },
    ]);
  });
});

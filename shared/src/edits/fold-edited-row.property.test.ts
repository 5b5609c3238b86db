import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '#operations/operation.ts';
import { rowsOf, unknownSubject } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryEditIntent, lineIds, newLineIds, onMadeRow } from '#test/arbitrary-edits.ts';
import { deviceIds } from '#test/arbitrary-ledger.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { editFactsOf, editsOracle } from '#test/edits-oracle.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { EditIntent } from './edit-intents.ts';

const allLineIds: readonly string[] = [...lineIds, ...newLineIds];

/** Nothing but edits of a few rows by three devices, at instants that collide, some taken back. */
const history = fc
  .array(
    fc.record({
      device: fc.nat(2),
      second: fc.nat(12),
      intent: arbitraryEditIntent.map(ofFewRows),
      undoes: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(30) }),
    }),
    { minLength: 6, maxLength: 14, size: 'max' },
  )
  .map((drafts) => {
    const operations: Operation[] = [];
    for (const [index, { device, second, intent, undoes }] of drafts.entries()) {
      const deviceId = deviceIds[device] ?? testId('device', 1);
      const own = operations.filter((operation) => operation.deviceId === deviceId);
      const undone = undoes === null ? undefined : own[undoes % Math.max(own.length, 1)];
      operations.push(
        testOperation(index, {
          deviceId,
          sequence: own.length + 1,
          recordedAt: testInstant(second),
          intent:
            undone === undefined ? onMadeRow(intent, operations) : { kind: 'undo', operationId: undone.id },
        }),
      );
    }
    return operations;
  })
  .chain((operations) => fc.tuple(fc.constant(operations), arbitraryArrival(operations)));

describe('rows that many people edit', () => {
  it('[FE2] [FE5] [FE6] [FE7] [FE9] [FE10] [FE12] are what the rules say, in every order of arrival', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(history, ([operations, arrival]) => {
        const inOrder = execute(operations);
        const asArrived = execute(arrival, seen);
        expect(lines(asArrived)).toEqual(lines(inOrder));
        const start = lines(newLedger([]));
        const facts = editFactsOf(asArrived).filter(({ row_id }) => allLineIds.includes(row_id ?? ''));
        const expected = editsOracle(facts, (rowId) => start.rows[rowId] ?? null);
        const found = lines(asArrived);
        expect(found.conflicts).toEqual(expected.conflicts);
        for (const rowId of allLineIds) {
          const fields = expected.fields[rowId];
          if (fields === null) expect(found.rows[rowId]).toBeUndefined();
          if (fields) expect(found.rows[rowId]).toMatchObject(fields);
        }
        for (const conflict of found.conflicts) {
          const [name = '', status] = conflict.split(' ');
          count(seen, `${name.split(':')[0]} ${status}`);
        }
      }),
      runs(600),
    );
    for (const kind of [
      'same_field open',
      'same_field settled',
      'deleted_and_edited open',
      'deleted_and_edited settled',
      'create_row applied null',
      'restore_row applied null',
      'undo applied null',
      'edit_fields conflicted conflict_open',
      'edit_fields refused invalid_value',
      'edit_fields refused unknown_row',
      'create_row refused already_there',
      'create_row refused unknown_product',
    ]) {
      expect(seen.get(kind), kind).toBeGreaterThan(20);
    }
  }, 30_000);
});

/** Most is said of one line, so that it meets. */
function ofFewRows(intent: EditIntent): EditIntent {
  return intent.rowId === lineIds[1] || intent.kind === 'restore_row'
    ? { ...intent, rowId: lineIds[0] }
    : intent;
}

function execute(operations: readonly Operation[], seen?: Map<string, number>): MemoryLedger {
  const ledger = newLedger([]);
  for (const operation of operations) {
    const said = executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null });
    if (seen !== undefined) count(seen, `${operation.intent.kind} ${said.verdict} ${said.reason}`);
  }
  return ledger;
}

/** The lines as they stand, and `<id> <status>` of every conflict about them. */
function lines({ subjectsByKey }: MemoryLedger) {
  const rows: Record<string, Readonly<Record<string, unknown>>> = {};
  const conflicts: string[] = [];
  for (const id of allLineIds) {
    const state = subjectsByKey.get(subjectKey({ ledger: 'edits', id })) ?? unknownSubject;
    for (const row of rowsOf(state, 'pull_list_lines')) rows[id] = row;
    conflicts.push(...state.conflicts.map((conflict) => `${conflict.id} ${conflict.status}`));
  }
  return { rows, conflicts: conflicts.sort() };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, PullListLineId, StorageLocationId } from '#kernel/ids.ts';
import { decideOperation } from '#operations/decide-operation.ts';
import type { FillLine, Operation } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { lineIds, newLineIds } from '#test/arbitrary-edits.ts';
import { eventIds, itemIds } from '#test/arbitrary-ledger.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';

const [lamp] = itemIds as [AssetId];
const [gala] = eventIds as [EventId];
const [first, second] = lineIds as unknown as [PullListLineId, PullListLineId];
const place = { kind: 'location', id: testId<StorageLocationId>('location', 1) } as const;
const withLamp = () => newLedger([{ id: lamp, baseline: place }]);

const fill = (n: number, lineId: PullListLineId | null, more: Partial<FillLine> = {}): Operation =>
  testOperation(n, { intent: { kind: 'fill_line', assetId: lamp, eventId: gala, lineId, ...more } });

function after(...operations: readonly Operation[]): { ledger: MemoryLedger; said: string[] } {
  const ledger = withLamp();
  const said = operations.map((operation) => {
    const context = { effectiveAt: operation.recordedAt, receivedAt: null };
    const { verdict, reason } = executeInMemory(ledger, operation, context);
    return `${verdict} ${reason}`;
  });
  return { ledger, said };
}

const linesFilled = ({ subjectsByKey }: MemoryLedger) =>
  [...subjectsByKey.values()].flatMap((state) => rowsOf(state, 'line_fillings').map((row) => row.line_id));

describe('what stands in for something that a list asks for', () => {
  it('[PL10] fills the line that was said last, whatever comes first, and none where it fills nothing', () => {
    const { ledger, said } = after(fill(1, first), fill(3, second), fill(2, first), fill(4, second));
    expect(linesFilled(ledger)).toEqual([second]);
    expect(said).toEqual([
      'applied null',
      'applied null',
      'superseded newer_fact_stands',
      'superseded already_there',
    ]);
    expect(linesFilled(after(fill(1, first), fill(2, null)).ledger)).toEqual([]);
  });

  it('[PL10] [SL2] fills what it filled before where the last is taken back, or nothing', () => {
    const last = fill(2, second);
    const undo = testOperation(3, { intent: { kind: 'undo', operationId: last.id } });
    expect(linesFilled(after(fill(1, first), last, undo).ledger)).toEqual([first]);
    expect(linesFilled(after(last, undo).ledger)).toEqual([]);
  });

  it('[PL9] fills a line also where that was deleted meanwhile', () => {
    const deletion = testOperation(1, {
      intent: { kind: 'delete_row', table: 'pull_list_lines', rowId: first, saw: [] },
    });
    const { ledger, said } = after(deletion, fill(2, first));
    expect(said[1]).toBe('applied null');
    expect(linesFilled(ledger)).toEqual([first]);
  });

  it.each([
    ['unknown_asset', fill(1, first, { assetId: testId<AssetId>('asset', 99) })],
    ['unknown_event', fill(1, first, { eventId: testId<EventId>('event', 99) })],
    ['unknown_row', fill(1, newLineIds[0] as string as PullListLineId)],
    ['unknown_row', fill(1, gala as string as PullListLineId)],
  ])('[PL9] %s is refused', (reason, operation) => {
    const context = { effectiveAt: operation.recordedAt, receivedAt: null };
    expect(decideOperation(operation, withLamp(), context)).toMatchObject({ verdict: 'refused', reason });
  });
});

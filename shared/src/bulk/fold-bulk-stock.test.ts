import { describe, expect, it } from 'vitest';
import type { Place } from '#ledger/asset-state.ts';
import { decideOperation } from '#operations/decide-operation.ts';
import type { Operation } from '#operations/operation.ts';
import { rowsOf, type SubjectState } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { productIds } from '#test/arbitrary-bulk.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import type { CountBulk, MoveBulk } from './bulk-intents.ts';
import { stockIdOf, stockOfId } from './stock-id.ts';

const [cable] = productIds;
const shelf: Place = { kind: 'location', id: testId('location', 1) };
const gala: Place = { kind: 'event', id: testId('event', 1) };

describe('a stock of loose pieces', () => {
  it('[BK1] what leaves one place arrives at the other', () => {
    const ledger = after(count(1, shelf, 10), move(2, 4, shelf, gala));
    expect([quantityAt(ledger, shelf), quantityAt(ledger, gala)]).toEqual([6, 4]);
  });

  it('[BK2] [SL1] a count sets the number; what happened before it and comes late changes nothing', () => {
    const ledger = after(count(5, shelf, 10), move(8, 1, shelf, gala), move(2, 7, shelf, gala));
    expect([quantityAt(ledger, shelf), quantityAt(ledger, gala)]).toEqual([9, 8]);
  });

  it('[BK3] two people who take two and three have taken five', () => {
    const byMax = { deviceId: testId('device', 2), id: testId('operation', 30) } as Partial<Operation>;
    const ledger = after(count(1, shelf, 10), move(4, 2, shelf, gala), {
      ...move(3, 3, shelf, gala),
      ...byMax,
    });
    expect(quantityAt(ledger, shelf)).toBe(5);
  });

  it('[BK4] fewer than none is open until there are enough again', () => {
    const short = after(count(1, shelf, 2), move(2, 3, shelf, gala));
    expect(conflictsAt(short, shelf)).toMatchObject([{ class: 'bulk_short', status: 'open' }]);
    const counted = after(count(1, shelf, 2), move(2, 3, shelf, gala), count(3, shelf, 0));
    expect(conflictsAt(counted, shelf)).toMatchObject([{ class: 'bulk_short', status: 'settled' }]);
  });

  it('[BK4] a late delivery makes it vanish', () => {
    const ledger = after(count(1, shelf, 2), move(5, 3, shelf, gala), move(3, 4, null, shelf));
    expect(conflictsAt(ledger, shelf)).toEqual([]);
    expect(quantityAt(ledger, shelf)).toBe(3);
  });

  it.each([
    ['unknown_product', { ...move(2, 1, shelf, gala).intent, productId: testId('product', 99) }],
    ['unknown_event', move(2, 1, shelf, { kind: 'event', id: testId('event', 99) }).intent],
    ['leads_nowhere', move(2, 1, null, null).intent],
  ])('[BK5] %s is refused', (reason, intent) => {
    const decision = decideOperation(testOperation(2, { intent: intent as MoveBulk }), newLedger([]), {
      effectiveAt: testOperation(2, { intent: intent as MoveBulk }).recordedAt,
      receivedAt: null,
    });
    expect(decision).toMatchObject({ verdict: 'refused', reason });
  });

  it('[SL4] the verdict tells whether a number differs now, or a conflict opened', () => {
    const ledger = newLedger([]);
    const told = [
      count(5, shelf, 3),
      move(2, 1, shelf, null),
      count(6, shelf, 3),
      move(7, 4, shelf, null),
      count(8, shelf, 0),
    ].map((operation) => {
      const { verdict, reason } = executeInMemory(ledger, operation, {
        effectiveAt: operation.recordedAt,
        receivedAt: null,
      });
      return `${verdict} ${reason}`;
    });
    expect(told).toEqual([
      'applied null',
      'superseded newer_fact_stands',
      'superseded already_there',
      'conflicted conflict_open',
      'applied null',
    ]);
  });

  it('[SL2] an undo gives back what was taken', () => {
    const taken = move(2, 4, shelf, gala);
    const undo = testOperation(3, { intent: { kind: 'undo', operationId: taken.id } });
    const ledger = after(count(1, shelf, 10), taken, undo);
    expect([quantityAt(ledger, shelf), quantityAt(ledger, gala)]).toEqual([10, 0]);
  });

  it('names its stock so that the name can be read again', () => {
    expect(stockOfId(stockIdOf(cable, shelf))).toEqual({ productId: cable, place: shelf });
    expect(() => stockOfId('x')).toThrow('names no stock');
  });
});

function move(second: number, quantity: number, from: Place | null, to: Place | null) {
  const intent: MoveBulk = {
    kind: 'move_bulk',
    productId: cable,
    quantity,
    from,
    to,
    disposition: null,
    note: null,
  };
  return testOperation(second, { intent });
}

function count(second: number, place: Place, quantity: number): Operation {
  const intent: CountBulk = { kind: 'count_bulk', productId: cable, place, quantity, note: null };
  return testOperation(second, { intent });
}

function after(...operations: Operation[]): MemoryLedger {
  const ledger = newLedger([]);
  for (const operation of operations) {
    executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null });
  }
  return ledger;
}

function stockAt(ledger: MemoryLedger, place: Place): SubjectState {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'bulk', id: stockIdOf(cable, place) }));
  if (state === undefined) throw new Error('nothing is known of this stock');
  return state;
}

function quantityAt(ledger: MemoryLedger, place: Place): number | null | undefined {
  return rowsOf(stockAt(ledger, place), 'bulk_stock')[0]?.quantity;
}

function conflictsAt(ledger: MemoryLedger, place: Place) {
  return stockAt(ledger, place).conflicts;
}

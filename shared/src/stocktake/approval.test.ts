import { describe, expect, it } from 'vitest';
import { stockIdOf } from '#bulk/stock-id.ts';
import type { OperationId, StocktakeId, UserId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Intent, Operation } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { productIds } from '#test/arbitrary-bulk.ts';
import { caseIds, itemIds } from '#test/arbitrary-ledger.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { testOperation } from '#test/test-operation.ts';
import { lineIdOf } from './line-id.ts';
import type { CountedThing, StocktakeAdjustment } from './stocktake-intents.ts';

const stocktakeId = testId<StocktakeId>('operation', 1);
const shelf: Place = { kind: 'location', id: testId('location', 1) };
const other: Place = { kind: 'location', id: testId('location', 2) };
const gala: Place = { kind: 'event', id: testId('event', 1) };
const [cable] = productIds;
const [lamp] = itemIds;
if (lamp === undefined) throw new Error('no lamp');
const [eva, max, lea] = [1, 2, 3].map((n) => testId<UserId>('user', n)) as [UserId, UserId, UserId];
const cableHere: CountedThing = { kind: 'stock', productId: cable, place: shelf };
const theLamp: CountedThing = { kind: 'asset', assetId: lamp };

describe('an approval', () => {
  it('[ST7] [ST10] changes the books as of the count; what happened since stands on top', () => {
    const ledger = after(...counted, closed, reviewed, approve(40, lea));
    expect(quantity(ledger)).toBe(7 - 2);
    expect(assetOf(ledger).state.place).toEqual(gala);
    expect(movementsOf(ledger).map(({ kind, effectiveAt }) => [kind, effectiveAt])).toContainEqual([
      'approve_stocktake',
      testInstant(11),
    ]);
    expect(lineOf(ledger, cableHere)).toMatchObject({
      adjusted_quantity: 7,
      expected_quantity: 10,
      quantity: 7,
    });
    const { decision: _, ...told } = lineOf(
      after(...counted, closed, reviewed, approve(40, lea), count(50, 3)),
      cableHere,
    );
    expect(told).toMatchObject({ adjusted_quantity: 7, quantity: 3 });
  });

  it('[ST10] what was not found is lost as of the close, and found by whatever is told later', () => {
    const missing: StocktakeAdjustment = {
      kind: 'missing',
      assetId: lamp,
      place: shelf,
      asOf: testInstant(20),
      reviewOperationId: reviewed.id,
      reason: 'nobody saw it',
    };
    const history = [opened, closed, reviewed];
    expect(assetOf(after(...history, approve(40, lea, [missing]))).state.status).toBe('lost');
    const seen = by(eva, 30, { kind: 'move', asset: scanned, locationId: other.id as never });
    expect(assetOf(after(...history, approve(40, lea, [missing]), seen)).state).toMatchObject({
      status: 'in_service',
      place: other,
    });
  });

  it('[ST8] stands on a close and on reviews that are there', () => {
    expect(verdictOf(after(opened, reviewed), approve(40, lea))).toEqual(['refused', 'not_closed']);
    expect(verdictOf(after(opened, closed), approve(40, lea))).toEqual(['refused', 'not_reviewed']);
    const left = by(max, 30, { ...review, decision: 'leave' });
    expect(verdictOf(after(opened, closed, left), approve(40, lea))).toEqual(['refused', 'not_reviewed']);
  });

  it.each([
    ['closed', max],
    ['reviewed', eva],
  ])('[ST9] is refused to whoever %s it', (_, person) => {
    const ledger = after(...counted, by(max, 20, close), by(eva, 30, review));
    expect(verdictOf(ledger, approve(40, person))).toEqual(['refused', 'second_person_needed']);
    expect(quantity(ledger)).toBe(8);
  });

  it('[ST11] does all or nothing: one unknown place, and no line is changed', () => {
    const ledger = after(...counted, closed, reviewed);
    const nowhere: Place = { kind: 'location', id: testId('location', 99) };
    const [first, second] = adjustments;
    if (first === undefined || second === undefined) throw new Error('two adjustments');
    const broken = approve(40, lea, [first, { ...second, place: nowhere } as StocktakeAdjustment]);
    expect(verdictOf(ledger, broken)[0]).toBe('refused');
    expect(quantity(ledger)).toBe(8);
    expect(movementsOf(ledger)).toHaveLength(1);
  });

  it('[ST7] [SL2] taken back, the books are as before', () => {
    const approval = approve(40, lea);
    const undo = by(lea, 41, { kind: 'undo', operationId: approval.id });
    const ledger = after(...counted, closed, reviewed, approval, undo);
    expect(quantity(ledger)).toBe(8);
    expect(lineOf(ledger, cableHere)).toMatchObject({ adjustment: null, decision: 'accept' });
  });

  it('[ST2] a count of a product or place that is not there is refused; an unknown code is kept', () => {
    const ledger = after(opened);
    const at = { kind: 'count_quantity', stocktakeId, productId: cable, quantity: 1 } as const;
    const nowhere: Place = { kind: 'location', id: testId('location', 99) };
    expect(verdictOf(ledger, by(eva, 5, { ...at, place: nowhere }))).toEqual(['refused', 'unknown_location']);
    expect(verdictOf(ledger, by(eva, 6, { ...at, place: shelf, productId: testId('product', 99) }))).toEqual([
      'refused',
      'unknown_product',
    ]);
    const asset = { code: '40:06', assetId: null, observed: null };
    const seen = by(eva, 7, { kind: 'count_asset', stocktakeId, asset, place: shelf, method: 'scan' });
    expect(verdictOf(ledger, seen)).toEqual(['applied', null]);
    expect(lineOf(ledger, { kind: 'code', code: '40:06' })).toMatchObject({
      code: '40:06',
      state: 'counted',
    });
  });
});

const scanned = { code: 'A-1', assetId: lamp, observed: null };
const close: Intent = { kind: 'close_stocktake', stocktakeId };
const review: Intent & { kind: 'review_variance' } = {
  kind: 'review_variance',
  stocktakeId,
  things: [cableHere, theLamp],
  decision: 'accept',
  quantity: null,
  reason: 'counted twice',
};
const opened = by(eva, 1, { kind: 'open_stocktake', name: 'Q4', scope: { kind: 'full' }, isBlind: true });
const counted = [
  opened,
  by(eva, 2, { kind: 'count_bulk', productId: cable, place: shelf, quantity: 10, note: null }),
  count(10, 7),
  by(eva, 11, { kind: 'count_asset', stocktakeId, asset: scanned, place: other, method: 'scan' }),
  by(max, 12, {
    kind: 'move_bulk',
    productId: cable,
    quantity: 2,
    from: shelf,
    to: gala,
    disposition: null,
    note: null,
  }),
  by(max, 13, { kind: 'check_out', asset: scanned, eventId: gala.id as never, overrideReason: null }),
];
const closed = by(max, 20, close);
const reviewed = by(max, 30, review);
const adjustments: readonly StocktakeAdjustment[] = [
  {
    kind: 'quantity',
    productId: cable,
    place: shelf,
    quantity: 7,
    expectedQuantity: 10,
    asOf: testInstant(10),
    reviewOperationId: reviewed.id,
    reason: 'counted twice',
  },
  {
    kind: 'found',
    assetId: lamp,
    place: other,
    expected: null,
    asOf: testInstant(11),
    reviewOperationId: reviewed.id,
    reason: 'put away wrongly',
  },
];

function by(recordedBy: UserId, n: number, intent: Intent): Operation {
  const device = recordedBy === eva ? 1 : recordedBy === max ? 2 : 3;
  return testOperation(n, { intent, recordedBy, deviceId: testId('device', device) });
}

function count(n: number, pieces: number): Operation {
  return by(eva, n, {
    kind: 'count_quantity',
    stocktakeId,
    productId: cable,
    place: shelf,
    quantity: pieces,
  });
}

function approve(n: number, person: UserId, changes = adjustments): Operation {
  const closeOperationId = testId<OperationId>('operation', 20);
  return by(person, n, { kind: 'approve_stocktake', stocktakeId, closeOperationId, adjustments: changes });
}

function after(...operations: readonly Operation[]): MemoryLedger {
  const bases = [...itemIds, ...caseIds].map((id) => ({ id, baseline: shelf }));
  const ledger = newLedger(bases);
  for (const operation of operations) verdictOf(ledger, operation);
  return ledger;
}

function verdictOf(ledger: MemoryLedger, operation: Operation) {
  const context = { effectiveAt: operation.recordedAt, receivedAt: null };
  const { verdict, reason } = executeInMemory(ledger, operation, context);
  return [verdict, reason];
}

function quantity(ledger: MemoryLedger): number | null | undefined {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'bulk', id: stockIdOf(cable, shelf) }));
  return state && rowsOf(state, 'bulk_stock')[0]?.quantity;
}

function lineOf(ledger: MemoryLedger, thing: CountedThing) {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'count', id: lineIdOf(stocktakeId, thing) }));
  const [line] = state ? rowsOf(state, 'count_lines') : [];
  if (line === undefined) throw new Error('nothing is known of this line');
  return line;
}

function assetOf(ledger: MemoryLedger) {
  const asset = ledger.assetsById.get(lamp as never);
  if (asset === undefined) throw new Error('no lamp');
  return asset;
}

function movementsOf(ledger: MemoryLedger) {
  return ledger.movementsByAssetId.get(lamp as never) ?? [];
}

import fc from 'fast-check';
import type { CountBulk, MoveBulk } from '#bulk/bulk-intents.ts';
import type { Place } from '#ledger/asset-state.ts';
import { arbitraryBulkIntent, productIds } from '#test/arbitrary-bulk.ts';
import { operationsOf } from '#test/arbitrary-history.ts';
import { locationIds } from '#test/arbitrary-ledger.ts';
import { toldOfBulk } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import { hasConflict, hasNeighbours, hasTaken, someSubject } from './played-operations.ts';

const [shelf, rack] = locationIds.map((id): Place => ({ kind: 'location', id }));

/** Loose pieces of one product, mostly between two shelves. */
export const bulkFamily: OperationFamily = {
  name: 'loose pieces',
  sets: fc.record({
    bases: fc.constant([]),
    operations: operationsOf(arbitraryBulkIntent.map(onTwoShelves), {
      minLength: 6,
      maxLength: 12,
      oneApprovalIn: null,
    }),
    written: fc.constant(null),
  }),
  rules: {
    BK1: hasTaken('move_bulk', ({ from, to }) => from !== null && to !== null),
    BK2: someSubject('bulk', ({ counted }) => {
      const count = counted.findLastIndex(({ kind }) => kind === 'count_bulk');
      return count > 0 && count < counted.length - 1;
    }),
    BK3: someSubject('bulk', ({ counted }) =>
      hasNeighbours(counted, (a, b) => a.kind === 'move_bulk' && b.kind === a.kind),
    ),
    BK4: hasConflict('bulk_short'),
    ...rulesOfEverySubject('bulk'),
  },
  told: (_set, ledger) => [toldOfBulk(ledger)],
};

function onTwoShelves(intent: MoveBulk | CountBulk): MoveBulk | CountBulk {
  const near = (place: Place | null) =>
    (place === null ? null : place.kind === 'event' ? rack : shelf) ?? null;
  const [productId] = productIds;
  if (intent.kind === 'count_bulk')
    return { ...intent, productId, place: near(intent.place) ?? intent.place };
  return { ...intent, productId, from: near(intent.from), to: near(intent.to) };
}

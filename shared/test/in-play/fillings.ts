import fc from 'fast-check';
import type { AssetId, EventId, PullListLineId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Intent } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { pullListProgress } from '#planning/pull-list-progress.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { lineIds } from '#test/arbitrary-edits.ts';
import { operationsOf } from '#test/arbitrary-history.ts';
import { arbitraryBases, eventIds, itemIds, locationIds } from '#test/arbitrary-ledger.ts';
import { codeOf } from '#test/arbitrary-operations.ts';
import { fillingsOracle } from '#test/fillings-oracle.ts';
import { subjectsOf } from '#test/ledger-content.ts';
import type { MemoryLedger } from '#test/memory-ledger.ts';
import { testId } from '#test/test-ids.ts';
import { type Told, toldOfAssets, toldOfFillings } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import { hasNeighbours, someSubject } from './played-operations.ts';

const eventId = eventIds[0] ?? testId<EventId>('event', 1);
const locationId = locationIds[0] ?? testId('location', 1);
const assetId = oftenFirst(itemIds.slice(0, 2));
const lineId = fc.constantFrom<PullListLineId>(...(lineIds as unknown as readonly PullListLineId[]));
const asset = assetId.map((id) => ({ code: codeOf(id), assetId: id, observed: null }));

const intents: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('fill_line' as const),
      assetId,
      eventId: fc.constantFrom(eventId, eventId, eventId, eventId, ...eventIds.slice(1, 2)),
      lineId: fc.option(lineId, { freq: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('check_out' as const),
      asset,
      eventId: fc.constant(eventId),
      overrideReason: fc.constant(null),
    }),
  },
  fc.record({
    kind: fc.constant('check_in' as const),
    asset,
    locationId: fc.constant(locationId),
    disposition: fc.constant('ok' as const),
    note: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('delete_row' as const),
    table: fc.constant('pull_list_lines' as const),
    rowId: lineId,
    saw: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('restore_row' as const),
    table: fc.constant('pull_list_lines' as const),
    rowId: lineId,
  }),
);

function oftenFirst<Id>(ids: readonly Id[]): fc.Arbitrary<Id> {
  return fc.constantFrom(...ids.slice(0, 1), ...ids.slice(0, 1), ...ids);
}

/** Two things that stand in for others on two lines of one list, which go and come too. */
export const fillingFamily: OperationFamily = {
  name: 'stand-ins',
  sets: fc.record({
    bases: arbitraryBases,
    operations: operationsOf(intents, { minLength: 6, maxLength: 12, oneApprovalIn: null, lastSecond: 3 }),
    written: fc.constant(null),
  }),
  rules: {
    PL8: (set) => standInsOf(set.ledger).length > 0,
    PL9: someSubject('fillings', ({ counted }, { ledger }) =>
      counted.some((fact) => fact['line_id'] && !linesOf(ledger).some(({ id }) => id === fact['line_id'])),
    ),
    PL10: someSubject('fillings', ({ counted }) =>
      hasNeighbours(counted, (earlier, later) => earlier['line_id'] !== later['line_id']),
    ),
    ...rulesOfEverySubject('fillings'),
  },
  told: ({ bases }, ledger) => [toldOfAssets(bases, ledger), toldOfFillings(ledger), toldOfProgress(ledger)],
};

/** [PL8] How many stand in on each line of the list. */
function toldOfProgress(ledger: MemoryLedger): Told {
  const lines = linesOf(ledger);
  const out = outAt(ledger).map(({ id, productId, isCase }) => ({
    assetId: id,
    productId,
    isCase,
    fillsLineId: lineFilledBy(ledger, id),
  }));
  const counts = standInsOf(ledger);
  return {
    found: pullListProgress(lines, out, []).lines.map((line) => [line.lineId, line.standInCount]),
    expected: lines.map(({ id }) => [id, counts.filter((line) => line === id).length]),
  };
}

/** The line of each thing that stands in for another now, by the oracle. */
function standInsOf(ledger: MemoryLedger): string[] {
  const lineByFilling = fillingsOracle(ledger);
  const listed = new Set<string>(linesOf(ledger).map(({ id }) => id));
  return outAt(ledger).flatMap(({ id }) => {
    const line = lineByFilling[`${eventId}:${id}`] ?? null;
    return line !== null && listed.has(line) ? [line] : [];
  });
}

function linesOf(ledger: MemoryLedger) {
  return subjectsOf(ledger)
    .flatMap((state) => rowsOf(state, 'pull_list_lines'))
    .map((row) => ({
      id: row.id as PullListLineId,
      productId: testId<Asset['productId']>('product', 2),
      quantity: Number(row.quantity),
      orderKey: String(row.order_key),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function outAt(ledger: MemoryLedger): Asset[] {
  return [...ledger.assetsById.values()].filter(({ state }) => state.eventId === eventId);
}

function lineFilledBy(ledger: MemoryLedger, id: AssetId): PullListLineId | null {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'fillings', id: `${eventId}:${id}` }));
  const row = state === undefined ? undefined : rowsOf(state, 'line_fillings')[0];
  return (row?.line_id ?? null) as PullListLineId | null;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '#operations/operation.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryStocktakes, newLedger } from '#test/arbitrary-operations.ts';
import { bulkOracle } from '#test/bulk-oracle.ts';
import { ledgerOracle } from '#test/ledger-oracle.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
import { stocktakeOracle, stocktakesAsFolded } from '#test/stocktake-oracle.ts';

const arbitraryHistory = arbitraryStocktakes.chain((operations) =>
  fc.record({
    bases: arbitraryBases,
    operations: fc.constant(operations),
    arrival: arbitraryArrival(operations),
    split: fc.nat(operations.length),
  }),
);

describe('a stocktake among everything else', () => {
  it('[ST1] [ST3] [ST4] [ST5] [ST6] [ST7] comes to what the oracle says in every order, repetition and grouping', () => {
    const said = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, operations, arrival, split }) => {
        const inOrder = newLedger(bases);
        for (const operation of operations) execute(inOrder, operation, said);
        const asArrived = newLedger(bases);
        for (const operation of arrival) execute(asArrived, operation, said);
        for (const operation of arrival.slice(0, split)) execute(asArrived, operation, new Map());
        expect(stocktakesAsFolded(asArrived)).toEqual(stocktakesAsFolded(inOrder));
        expect(stocktakesAsFolded(asArrived)).toEqual(stocktakeOracle(asArrived));
        expect(bulkOracle(asArrived)).toEqual(bulkOracle(inOrder));
        expectStatesAsOracle(asArrived, bases);
      }),
      runs(1_000),
    );
    for (const ruling of [
      'approve_stocktake applied null',
      'approve_stocktake refused second_person_needed',
      'approve_stocktake refused not_reviewed',
      'approve_stocktake refused not_closed',
      'count_quantity superseded newer_fact_stands',
    ]) {
      expect(said.get(ruling), ruling).toBeGreaterThan(2);
    }
  });
});

function execute(ledger: MemoryLedger, operation: Operation, said: Map<string, number>): void {
  const context = { effectiveAt: operation.recordedAt, receivedAt: null };
  const { verdict, reason } = executeInMemory(ledger, operation, context);
  const ruling = `${operation.intent.kind} ${verdict} ${reason}`;
  said.set(ruling, (said.get(ruling) ?? 0) + 1);
}

function expectStatesAsOracle(ledger: MemoryLedger, bases: Parameters<typeof ledgerOracle>[0]): void {
  const { statesById } = ledgerOracle(bases, [...ledger.movementsByAssetId.values()].flat());
  for (const [id, { state }] of ledger.assetsById) expect(state).toEqual(statesById.get(id));
}

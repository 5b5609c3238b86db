import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Operation } from '#operations/operation.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryTransport, newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
import { transportAsFolded } from '#test/told-by-oracles.ts';
import { transportOracle } from '#test/transport-oracle.ts';

it('[TP2] [TP3] [TP4] trucks come to what the slow oracle says, in whatever order it is told', () => {
  const met = new Map<string, number>();
  const meet = (what: string, count: number) => met.set(what, (met.get(what) ?? 0) + count);
  const told = arbitraryTransport.chain((operations) =>
    fc.record({
      bases: arbitraryBases,
      operations: fc.constant(operations),
      arrival: arbitraryArrival(operations),
    }),
  );
  fc.assert(
    fc.property(told, ({ bases, operations, arrival }) => {
      const ledger = newLedger(bases);
      const late = newLedger(bases);
      for (const operation of operations) execute(ledger, operation);
      for (const operation of arrival) execute(late, operation);
      const seen = transportAsFolded(ledger);
      expect(seen).toEqual(transportOracle(ledger));
      expect(transportAsFolded(late)).toEqual(seen);
      for (const conflict of seen.conflicts) meet(conflict.split(' ')[1] ?? '', 1);
      for (const pack of Object.values(seen.packs)) meet('witnesses', pack.witnesses.length);
    }),
    runs(500),
  );
  for (const what of ['open', 'settled', 'witnesses']) expect(met.get(what), what).toBeGreaterThan(50);
});

function execute(ledger: MemoryLedger, operation: Operation): void {
  executeInMemory(ledger, operation, { effectiveAt: operation.recordedAt, receivedAt: null });
}

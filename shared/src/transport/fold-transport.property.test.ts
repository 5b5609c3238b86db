import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Operation } from '#operations/operation.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryTransport, newLedger } from '#test/arbitrary-operations.ts';
import { executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
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
      const seen = transportOf(ledger);
      expect(seen).toEqual(transportOracle(ledger));
      expect(transportOf(late)).toEqual(seen);
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

/** What the rows say, in the words of the oracle. */
function transportOf(ledger: MemoryLedger) {
  const states = [...ledger.subjectsByKey.values()];
  const packs = states.flatMap((state) => rowsOf(state, 'truck_packs'));
  const vehicles = states.flatMap((state) => rowsOf(state, 'vehicle_states'));
  return {
    packs: Object.fromEntries(
      packs.map((row) => [
        row.id,
        {
          confirmation: row.confirmation_id,
          witnesses: (JSON.parse(row.witnesses ?? '') as { factId: string; isSameList: boolean }[]).map(
            ({ factId, isSameList }) => [factId, isSameList],
          ),
          changes: (JSON.parse(row.changes ?? '') as { factId: string }[]).map(({ factId }) => factId),
          endedAt: row.ended_at,
        },
      ]),
    ),
    vehicles: Object.fromEntries(
      vehicles.map((row) => [row.id, { since: row.on_road_since, place: row.place_id }]),
    ),
    conflicts: states
      .flatMap(({ conflicts }) => conflicts)
      .filter(({ class: name }) => name === 'truck_changed')
      .map(({ id, status }) => `${id} ${status}`)
      .sort(),
  };
}

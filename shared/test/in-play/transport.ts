import fc from 'fast-check';
import { rowsOf } from '#operations/subject-state.ts';
import { operationsOf } from '#test/arbitrary-history.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryLoading } from '#test/arbitrary-operations.ts';
import { arbitraryRide, arbitraryTransportIntent, onOneTruck } from '#test/arbitrary-transport.ts';
import { toldOfAssets, toldOfTransport } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import { hasConflict, hasTaken, type PlayedSubject, someSubject } from './played-operations.ts';

/** One truck for one event most of the time: what goes on and off, and who answers for the list. */
export const transportFamily: OperationFamily = {
  name: 'vehicles and truck packs',
  sets: fc.record({
    bases: arbitraryBases,
    operations: operationsOf(
      fc.oneof(
        { weight: 5, arbitrary: arbitraryLoading.map(onOneTruck) },
        { weight: 2, arbitrary: arbitraryTransportIntent.map(onOneTruck) },
        { weight: 1, arbitrary: arbitraryRide.map(onOneTruck) },
      ),
      { minLength: 9, maxLength: 18, oneApprovalIn: null, lastSecond: 10 },
    ),
    written: fc.constant(null),
  }),
  rules: {
    TP1: ({ decided }) =>
      decided.some(
        ({ operation: { intent }, decision }) =>
          (intent.kind === 'dispatch' || intent.kind === 'arrive') &&
          intent.eventIds.length > 0 &&
          decision.verdict !== 'refused',
      ),
    TP2: someSubject('transport', ({ id, counted }) => !id.includes(':') && counted.length > 1),
    TP3: someSubject('transport', (subject) =>
      packsOf(subject).some(
        ({ witnesses }) =>
          witnesses !== '[]' ||
          // A trip ended and another began.
          subject.counted.some((fact, index) => isEnd(subject, fact) && index < subject.counted.length - 1),
      ),
    ),
    TP4: hasConflict('truck_changed'),
    TP5: hasTaken('confirm_truck_pack', ({ leftBehind }) => leftBehind.length > 0),
    ...rulesOfEverySubject('transport'),
  },
  told: ({ bases }, ledger) => [toldOfAssets(bases, ledger), toldOfTransport(ledger)],
};

function packsOf({ state }: PlayedSubject) {
  return rowsOf(state, 'truck_packs');
}

function isEnd({ id }: PlayedSubject, fact: PlayedSubject['counted'][number]): boolean {
  return fact.kind === 'arrive' || (fact.kind === 'unload' && id.endsWith(`:${fact['place_id']}`));
}

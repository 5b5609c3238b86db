import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetBase } from '#ledger/asset-track.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryOperations, newLedger } from '#test/arbitrary-operations.ts';
import { byId, contentOfLedger } from '#test/ledger-content.ts';
import { executeInMemory, loadWorkingSet, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
import {
  toldOfAssets,
  toldOfBulk,
  toldOfEdits,
  toldOfFillings,
  toldOfLabels,
  toldOfStocktakes,
} from '#test/told-by-oracles.ts';
import { applyEffects } from './apply-effects.ts';
import { decideOperation } from './decide-operation.ts';
import type { Operation } from './operation.ts';
import type { Decision, DecisionContext } from './working-set.ts';

const contextOf = ({ recordedAt }: Operation): DecisionContext => ({
  effectiveAt: recordedAt,
  receivedAt: null,
});

const arbitraryHistory = arbitraryOperations.chain((operations) =>
  fc.record({
    bases: arbitraryBases,
    operations: fc.constant(operations),
    arrival: arbitraryArrival(operations),
  }),
);

describe('decideOperation, whatever is recorded', () => {
  it('[OP6] [SL3] ends in the same rows and conflicts in every order of arrival, and as one fold', () => {
    const said = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, operations, arrival }) => {
        const inOrder = executeAll(bases, operations, said);
        const asArrived = executeAll(bases, arrival, said);
        expect(contentOfLedger(asArrived)).toEqual(contentOfLedger(inOrder));
        expectAsTold(bases, asArrived);
      }),
      runs(600),
    );
    for (const ruling of [
      'applied null',
      'conflicted conflict_open',
      'conflicted unknown_code',
      'superseded already_there',
      'superseded newer_fact_stands',
      'refused nothing_to_undo',
      'refused not_a_case',
      'refused unknown_event',
      'refused unknown_location',
      'refused unknown_product',
      'refused leads_nowhere',
      'refused invalid_value',
      'refused unknown_row',
      'refused unknown_vehicle',
      'refused unknown_asset',
      'applied label_moved',
      'movements retargeted',
      'refused not_closed',
    ]) {
      expect(said.get(ruling), ruling).toBeGreaterThan(3);
    }
  }, 30_000);

  it('[OP1] [OP11] decides with what it asked for as with everything, and leaves that untouched', () => {
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, arrival }) => {
        const ledger = newLedger(bases);
        for (const operation of arrival) {
          const loaded = loadWorkingSet(ledger, operation);
          const loadedBefore = structuredClone(loaded);
          const decision = decideOperation(operation, loaded, contextOf(operation));
          expect(loaded).toEqual(loadedBefore);
          expect(sorted(decideOperation(operation, ledger, contextOf(operation)))).toEqual(sorted(decision));
          applyEffects(ledger, decision.effects);
        }
      }),
      runs(200),
    );
  });

  it('[OP6] decided again right away adds nothing', () => {
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, arrival }) => {
        const ledger = newLedger(bases);
        for (const operation of arrival) {
          executeInMemory(ledger, operation, contextOf(operation));
          const before = structuredClone(contentOfLedger(ledger));
          executeInMemory(ledger, operation, contextOf(operation));
          expect(contentOfLedger(ledger)).toEqual(before);
        }
      }),
      runs(200),
    );
  });
});

function executeAll(
  bases: readonly AssetBase[],
  operations: readonly Operation[],
  said: Map<string, number>,
): MemoryLedger {
  const ledger = newLedger(bases);
  for (const operation of operations) {
    const { verdict, reason, effects } = executeInMemory(ledger, operation, contextOf(operation));
    count(said, `${verdict} ${reason}`);
    if (effects.retargeted.length > 0) count(said, 'movements retargeted');
    const members = 'members' in operation.intent ? operation.intent.members : [null];
    const { kind } = operation.intent;
    if (kind !== 'undo' && kind !== 'approve_stocktake' && effects.movements.length > 0) {
      expect(effects.movements.length).toBeLessThanOrEqual(members.length);
    }
  }
  return ledger;
}

function count(said: Map<string, number>, what: string): void {
  said.set(what, (said.get(what) ?? 0) + 1);
}

/** The stored rows are what one fold of all stored movements yields, and what the slow oracles say. */
function expectAsTold(bases: readonly AssetBase[], ledger: MemoryLedger): void {
  for (const { found, expected } of [
    toldOfAssets(bases, ledger),
    toldOfLabels(ledger),
    toldOfBulk(ledger),
    toldOfEdits(ledger),
    toldOfFillings(ledger),
    toldOfStocktakes(ledger),
  ]) {
    expect(found).toEqual(expected);
  }
}

function sorted({ effects, verdict, reason }: Decision) {
  return {
    verdict,
    reason,
    assets: effects.assets.toSorted(byId),
    movements: effects.movements.toSorted(byId),
    retargeted: effects.retargeted.toSorted((a, b) => byId(a.movement, b.movement)),
    conflicts: effects.conflicts.toSorted(byId),
    vanished: effects.vanishedConflicts.toSorted(byId),
    subjectRows: effects.subjectRows.toSorted((a, b) => byId(a.row, b.row)),
  };
}

import fc from 'fast-check';
import { operationsOf } from '#test/arbitrary-history.ts';
import { arbitraryLabelIntent } from '#test/arbitrary-labels.ts';
import { arbitraryBases } from '#test/arbitrary-ledger.ts';
import { arbitraryReading } from '#test/arbitrary-operations.ts';
import { toldOfAssets, toldOfLabels } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import {
  hasConflict,
  hasNeighbours,
  hasTaken,
  type PlayedOperations,
  type PlayedSubject,
  someSubject,
} from './played-operations.ts';

/** Labels that come and go, and what is read by them meanwhile. */
export const labelFamily: OperationFamily = {
  name: 'labels',
  sets: fc.record({
    bases: arbitraryBases,
    operations: operationsOf(
      fc.oneof({ weight: 3, arbitrary: arbitraryLabelIntent }, { weight: 2, arbitrary: arbitraryReading }),
      { minLength: 7, maxLength: 14, oneApprovalIn: null, lastSecond: 3 },
    ),
    written: fc.constant(null),
  }),
  rules: {
    LB1: someSubject('labels', (label, set) =>
      readingsOf(label, set).some(({ effectiveAt }) =>
        label.counted.some((fact) => (fact.effective_at ?? '') <= effectiveAt && Boolean(fact['asset_id'])),
      ),
    ),
    LB2: someSubject('labels', (label, set) =>
      readingsOf(label, set).some(({ effectiveAt }) => {
        const before = label.counted.findLast((fact) => (fact.effective_at ?? '') <= effectiveAt);
        return before === undefined || !before['asset_id'];
      }),
    ),
    LB3: ({ decided }) => decided.some(({ decision }) => decision.effects.retargeted.length > 0),
    LB4: hasConflict('unknown_code'),
    LB5: hasConflict('label_on_two'),
    LB6: someSubject('labels', ({ counted }) => counted.length !== 1),
    OP4: ({ ledger }) => ledger.waitingMovements.size > 0,
    OP5: hasTaken('pack', ({ members }) => members.length > 1),
    OP6: ({ assetFacts }) =>
      [...Map.groupBy(assetFacts, ({ assetId }) => assetId).values()].some((own) =>
        hasNeighbours(own, (a, b) => a.operationId !== b.operationId),
      ),
    OP10: hasTaken('undo'),
    ...rulesOfEverySubject('labels'),
  },
  told: ({ bases }, ledger) => [toldOfAssets(bases, ledger), toldOfLabels(ledger)],
};

function readingsOf({ id }: PlayedSubject, { movements }: PlayedOperations) {
  return movements.filter(({ code, kind }) => code === id && kind !== 'undo');
}

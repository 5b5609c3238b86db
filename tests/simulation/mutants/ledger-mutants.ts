import type { Mutant } from './mutant.ts';

const LEDGER = 'shared/src/ledger';
const OPERATIONS = 'shared/src/operations';

/** Bugs in what facts add up to, and in what an operation does. */
export const ledgerMutants: readonly Mutant[] = [
  {
    name: 'arrival-order',
    breaks: 'facts count in the order in which they arrived (LG1)',
    file: `${LEDGER}/counted-movements.ts`,
    find: 'return counted.sort(compareMovements);',
    replace: 'return counted;',
  },
  {
    name: 'device-order',
    breaks: 'facts count device by device, whenever they happened (LG1)',
    file: `${LEDGER}/compare-movements.ts`,
    find: 'compareText(a.effectiveAt, b.effectiveAt) ||',
    replace: '',
  },
  {
    name: 'undo-undoes-nothing',
    breaks: 'what was taken back still counts (LG3)',
    file: `${LEDGER}/counted-movements.ts`,
    find: 'undone.size === 0 ? facts :',
    replace: 'undone.size >= 0 ? facts :',
  },
  {
    name: 'conflict-not-settled',
    breaks: 'the next fact about an asset leaves its conflicts open (LG13)',
    file: `${LEDGER}/fold-assets.ts`,
    find: "status: 'settled', settledByMovementId: by.id",
    replace: "status: 'open', settledByMovementId: null",
  },
  {
    name: 'release-settles-everything',
    breaks: 'saying how an asset is settles the question where it is (LG20)',
    file: `${LEDGER}/fold-assets.ts`,
    find: "by.to !== null || conflict.class === 'blocked_went_out'",
    replace: "by.to !== null || conflict.class !== 'unknown_code'",
  },
  {
    name: 'cycle-not-broken',
    breaks: 'a case may lie in a case that lies in it (LG12)',
    file: `${LEDGER}/fold-assets.ts`,
    find: 'if (around.state.place.id === fact.assetId) return { placedBy: around.placedBy };',
    replace: '',
  },
  {
    name: 'case-in-itself',
    breaks: 'a case may be packed into itself (LG12)',
    file: `${LEDGER}/fold-assets.ts`,
    find: 'if (fact.to.id === fact.assetId) return { placedBy: null };',
    replace: '',
  },
  {
    name: 'damaged-stays-in-service',
    breaks: 'what came back damaged may go out again (LG9)',
    file: `${LEDGER}/holds.ts`,
    find: "fact.disposition === 'damaged' ? { ...before, isQuarantined: true, isInRepair: false } : before",
    replace: 'before',
  },
  {
    name: 'lost-for-good',
    breaks: 'what is seen again stays lost (LG10)',
    file: `${LEDGER}/apply-fact.ts`,
    find: "return fact.disposition === 'lost' ? 'lost' : statusOfHolds(holds);",
    replace: "return fact.disposition === 'lost' || before === 'lost' ? 'lost' : statusOfHolds(holds);",
  },
  {
    name: 'release-forgotten',
    breaks: 'a released asset is held back again when it was lost and found (LG10)',
    file: `${LEDGER}/holds.ts`,
    find: "case 'release':\n      return noHolds;",
    replace: "case 'release':\n      return { ...noHolds, isQuarantined: before.isQuarantined };",
  },
  {
    name: 'blocked-unnoticed',
    breaks: 'a quarantined asset goes out without anybody hearing of it (LG17)',
    file: `${LEDGER}/conflicts-of-fact.ts`,
    find: "statusOfHolds(holds) !== 'in_service'",
    replace: "statusOfHolds(holds) === 'lost'",
  },
  {
    name: 'double-check-out-unnoticed',
    breaks: 'two people take one asset to two events and nobody hears of it (LG11)',
    file: `${LEDGER}/conflicts-of-fact.ts`,
    find: 'goesOut && outFor !== null && !knew',
    replace: "goesOut && outFor !== null && !knew && from.kind === 'case'",
  },
  {
    name: 'knowledge-ignored',
    breaks: 'who knew better is told of a conflict all the same (LG11, LG16)',
    file: `${LEDGER}/conflicts-of-fact.ts`,
    find: 'const knew = fact.observed !== null && samePlace(fact.observed.place, from);',
    replace: 'const knew = fact.observed !== null && fact.observed.place === from;',
  },
  {
    name: 'wrong-first-fact',
    breaks: 'a conflict names a fact that moved nothing as its cause (LG8, LG14)',
    file: `${LEDGER}/apply-fact.ts`,
    find: 'placedBy: stays ? before.placedBy : fact.id,',
    replace: 'placedBy: fact.id,',
  },
  {
    name: 'torn-pack',
    breaks: 'a pack with an unknown thing in it moves the others (OP4, I9)',
    file: `${OPERATIONS}/plan-facts.ts`,
    find: 'if (assetId === null) return err(',
    replace:
      'if (assetId === null && stated.seenFor === null && factsByAssetId.size > 0) continue;\n    if (assetId === null) return err(',
  },
  {
    name: 'foreign-event',
    breaks: 'an asset can be taken to an event of another company (OP2, I10)',
    file: `${OPERATIONS}/known-place.ts`,
    find: 'return workingSet.knownEventIds.has(place.id) ? ok(place)',
    replace: 'return workingSet.knownEventIds.size >= 0 ? ok(place)',
  },
  {
    name: 'undo-twice',
    breaks: 'what was taken back can be taken back again (OP10)',
    file: `${OPERATIONS}/decide-undo.ts`,
    find: 'return isUndone ? [] : history',
    replace: 'return isUndone && history.length === 0 ? [] : history',
  },
  {
    name: 'causes-gone-conflicts-stay',
    breaks: 'a conflict stays on the list when its cause was taken back (OP6)',
    file: `${OPERATIONS}/effects-of-movements.ts`,
    find: 'vanishedConflicts: conflictsBefore.filter(({ id }) => !afterIds.has(id)),',
    replace: 'vanishedConflicts: conflictsBefore.filter(({ id }) => !afterIds.has(id) && id === null),',
  },
  {
    name: 'cases-around-forgotten',
    breaks: 'what happened to the cases around a case is not looked at (OP6)',
    file: `${OPERATIONS}/cases-around.ts`,
    find: 'if (workingSet.assetsById.has(around)) group.add(around);',
    replace: 'if (workingSet.assetsById.has(around) && group.has(around)) group.add(around);',
  },
  {
    name: 'batch-forgets',
    breaks: 'an operation of a batch does not see what the one before it did (OP11)',
    file: `${OPERATIONS}/apply-effects.ts`,
    find: 'append(workingSet.movementsByAssetId, movement.assetId, movement);',
    replace: '',
  },
];

import type { Mutant } from './mutant.ts';

/** Bugs in what is not about one asset: stocks, edited rows, labels, stocktakes. */
export const subjectMutants: readonly Mutant[] = [
  {
    name: 'approved-as-of-today',
    breaks:
      'what a stocktake changes holds as of its approval, over all that happened since the count (ST10)',
    file: 'shared/src/operations/plan-subject-facts.ts',
    find: 'asOf !== undefined && asOf < effectiveAt ? asOf : effectiveAt',
    replace: 'asOf !== undefined && asOf > effectiveAt ? asOf : effectiveAt',
  },
  {
    name: 'count-adds-up',
    breaks: 'what was counted is added to what was there (BK2)',
    file: 'shared/src/bulk/fold-bulk-stock.ts',
    find: "return kind === 'count_bulk' ||",
    replace: 'return',
  },
  {
    name: 'shortage-stays',
    breaks: 'a stock that has enough again is still called short (BK4)',
    file: 'shared/src/bulk/fold-bulk-stock.ts',
    find: 'if (before < 0 && quantity >= 0)',
    replace: 'if (before < 0 && quantity < before)',
  },
  {
    name: 'edit-over-edit-unnoticed',
    breaks: 'of two who write one field without knowing of one another, nobody hears (FE5)',
    file: 'shared/src/edits/walk-edits.ts',
    find: 'else if (!isKnowing)',
    replace: 'else if (!isKnowing && field === table)',
  },
  {
    name: 'restored-without-its-edits',
    breaks: 'what was edited while a row was deleted is lost when it comes back (FE10)',
    file: 'shared/src/edits/walk-edits.ts',
    find: 'standings.set(field, { value, fact, alsoKnown: new Set() });',
    replace: 'if (deletion === null) standings.set(field, { value, fact, alsoKnown: new Set() });',
  },
  {
    name: 'label-of-today',
    breaks: 'what was read by a label is what it is on now, not what it was on then (LB1)',
    file: 'shared/src/labels/what-was-read.ts',
    find: "findLast(({ effective_at: at }) => (at ?? '') <= effectiveAt)",
    replace: 'at(-1)',
  },
  {
    name: 'undo-left-behind',
    breaks: 'what was read by a label comes to another asset, and its undo stays where it was (LB3)',
    file: 'shared/src/labels/retarget.ts',
    find: 'all.filter(({ undoesOperationId }) => undoesOperationId === id)',
    replace: 'all.filter(({ undoesOperationId }) => undoesOperationId === id && id === null)',
  },
  {
    name: 'conflict-removed-and-made',
    breaks: 'a conflict that moves with a label is two changes of one row (UP14, I5)',
    file: 'sync-server/src/upload/plan-waves.ts',
    find: 'if (!standing.has(row.id))',
    replace: 'if (standing.size >= 0)',
  },
];

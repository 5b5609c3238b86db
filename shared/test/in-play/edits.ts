import fc from 'fast-check';
import type { EditIntent } from '#edits/edit-intents.ts';
import type { FactRow } from '#operations/counted-facts.ts';
import type { Operation } from '#operations/operation.ts';
import { arbitraryEditIntent, lineIds } from '#test/arbitrary-edits.ts';
import { operationsOf } from '#test/arbitrary-history.ts';
import { toldOfEdits } from '#test/told-by-oracles.ts';
import { type OperationFamily, rulesOfEverySubject } from './operation-family.ts';
import { hasConflict, hasNeighbours, someSubject } from './played-operations.ts';

const MOST_OPERATIONS = 12;
const [firstLine] = lineIds;

/** Few rows that many people edit; now and then something else writes into one of them. */
export const editFamily: OperationFamily = {
  name: 'edits',
  sets: fc
    .record({
      bases: fc.constant([]),
      operations: operationsOf(arbitraryEditIntent.map(ofFewRows), {
        minLength: 6,
        maxLength: MOST_OPERATIONS,
        oneApprovalIn: null,
      }),
      written: fc.option(
        fc.record({
          after: fc.integer({ min: 1, max: MOST_OPERATIONS / 2 }),
          lineId: fc.constantFrom(firstLine),
          quantity: fc.constantFrom(7, 8, 8, null),
        }),
        { freq: 2 },
      ),
    })
    .map((set) => (set.written === null ? set : { ...set, operations: set.operations.filter(isOfOwnRow) })),
  rules: {
    FE2: someSubject('edits', ({ counted }) => counted.filter(isEdit).length > 1),
    FE3: someSubject('edits', ({ counted }) =>
      ofOneField(counted, (earlier, later) => earlier['value'] === later['value']),
    ),
    FE4: someSubject('edits', ({ counted }) =>
      ofOneField(
        counted,
        (earlier, later) => later['saw'] === earlier['value'] && later['value'] !== earlier['value'],
      ),
    ),
    FE5: hasConflict('same_field'),
    FE6: hasConflict('same_field', 'settled'),
    FE7: someSubject('edits', ({ all, counted }) =>
      all.some((fact) => isEdit(fact) && !counted.includes(fact)),
    ),
    FE8: ({ ledger }) =>
      [...ledger.subjectsByKey.values()].some(({ rowsByTable }) =>
        [...(rowsByTable.get('edited_rows')?.values() ?? [])].some(
          ({ base }) => !String(base).includes('"since":{}'),
        ),
      ),
    FE9: hasConflict('deleted_and_edited'),
    FE10: someSubject(
      'edits',
      ({ all, counted }) =>
        counted.some(({ kind }) => kind === 'restore_row') ||
        all.some((fact) => fact.kind === 'create_row' && !counted.includes(fact)),
    ),
    FE12: someSubject('edits', ({ all }) => all.length > 1),
    ...rulesOfEverySubject('edits'),
  },
  // What an oracle makes of the facts alone is not what stands where something else has written.
  told: ({ written }, ledger) => (written === null ? [toldOfEdits(ledger)] : []),
};

/** Most is said of one line, so that it meets. */
function ofFewRows(intent: EditIntent): EditIntent {
  return intent.rowId === lineIds[1] || intent.kind === 'restore_row'
    ? { ...intent, rowId: firstLine }
    : intent;
}

/** Nobody makes a row that was there from the beginning, also where something else has taken it away. */
function isOfOwnRow({ intent }: Operation): boolean {
  return intent.kind !== 'create_row' || intent.rowId !== firstLine;
}

function isEdit({ kind }: FactRow): boolean {
  return kind === 'edit_fields';
}

function ofOneField(facts: readonly FactRow[], isSo: (earlier: FactRow, later: FactRow) => boolean): boolean {
  const byField = Map.groupBy(facts.filter(isEdit), (fact) => fact['field']);
  return [...byField.values()].some((own) => hasNeighbours(own, isSo));
}

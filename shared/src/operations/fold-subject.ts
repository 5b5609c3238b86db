import { foldBulkStock } from '#bulk/fold-bulk-stock.ts';
import type { Conflict } from '#ledger/conflict.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { Subject, SubjectTableName } from '#schema/subject-ledgers.ts';
import type { FactRow } from './counted-facts.ts';
import type { LedgerRow, SubjectState } from './subject-state.ts';

/** What the facts of a subject amount to: every row that they decide, and every conflict they give rise to. */
export type SubjectFold = {
  readonly rows: readonly {
    readonly table: SubjectTableName;
    readonly row: LedgerRow;
    /** True for a row that would be there with other facts and is not with these. */
    readonly isDeleted?: boolean;
  }[];
  readonly conflicts: readonly Conflict[];
};

/**
 * [SL3] Folds the facts that count, in order. `before` has the subject's rows as they stand: a fold may only take
 * from it what no fact decides.
 */
export function foldSubject(subject: Subject, facts: readonly FactRow[], _before: SubjectState): SubjectFold {
  switch (subject.ledger) {
    case 'bulk':
      return foldBulkStock(subject.id, facts as readonly RowOf<'bulk_movements'>[]);
  }
}

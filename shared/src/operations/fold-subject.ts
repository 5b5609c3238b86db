import { foldBulkStock } from '#bulk/fold-bulk-stock.ts';
import { foldEditedRow } from '#edits/fold-edited-row.ts';
import { foldLabel } from '#labels/fold-label.ts';
import type { Conflict } from '#ledger/conflict.ts';
import { foldLineFilling } from '#planning/fold-line-filling.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { Subject, SubjectTableName } from '#schema/subject-ledgers.ts';
import { foldCountLine } from '#stocktake/fold-count-line.ts';
import { foldStocktake } from '#stocktake/fold-stocktake.ts';
import { foldTransport, type TransportFact } from '#transport/fold-transport.ts';
import type { FactRow } from './counted-facts.ts';
import type { LedgerRow, SubjectState } from './subject-state.ts';
import type { WorkingSet } from './working-set.ts';

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

/** A subject's facts before and after some joined them. */
export type SubjectHistory = {
  /** The subject's rows as they stand: a fold may only take from them what no fact decides. */
  readonly before: SubjectState;
  /** Every fact, the new ones, undos and what was taken back included, in no order. */
  readonly all: readonly FactRow[];
  /** Those that count, in order. */
  readonly counted: readonly FactRow[];
  /** For what no fact of the subject decides. */
  readonly workingSet: WorkingSet;
};

/** [SL3] What the facts of a subject come to. */
export function foldSubject(
  subject: Subject,
  { before, all, counted, workingSet }: SubjectHistory,
): SubjectFold {
  switch (subject.ledger) {
    case 'bulk':
      return foldBulkStock(subject.id, counted as readonly RowOf<'bulk_movements'>[]);
    case 'edits':
      return foldEditedRow(subject.id, all as readonly RowOf<'field_edits'>[], before);
    case 'transport':
      return foldTransport(subject.id, counted as readonly TransportFact[]);
    case 'labels':
      return foldLabel(subject.id, counted as readonly RowOf<'label_facts'>[], before, workingSet);
    case 'fillings':
      return foldLineFilling(subject.id, counted as readonly RowOf<'line_filling_facts'>[]);
    case 'stocktake':
      return foldStocktake(subject.id, counted as readonly RowOf<'stocktake_facts'>[]);
    case 'count':
      return foldCountLine(subject.id, counted as readonly RowOf<'count_facts'>[]);
  }
}

import type { SubjectFold } from '#operations/fold-subject.ts';
import type { RowOf } from '#schema/row-types.ts';

type Fact = RowOf<'stocktake_facts'>;

/** [ST1] What is known of a stocktake: who opened, closed and approved it, and when. */
export function foldStocktake(stocktakeId: string, facts: readonly Fact[]): SubjectFold {
  const opened = facts.find(({ kind }) => kind === 'open_stocktake');
  const closed = facts.findLast(({ kind }) => kind === 'close_stocktake');
  const approved = facts.find(({ kind }) => kind === 'approve_stocktake');
  const row: RowOf<'stocktakes'> = {
    id: stocktakeId,
    name: opened?.name ?? null,
    scope: opened?.scope ?? null,
    expectations: opened?.expectations ?? null,
    status: approved ? 'approved' : closed ? 'closed' : 'open',
    opened_by: opened?.recorded_by ?? null,
    opened_at: opened?.effective_at ?? null,
    closed_by: closed?.recorded_by ?? null,
    closed_at: closed?.effective_at ?? null,
    close_operation_id: closed?.operation_id ?? null,
    approved_by: approved?.recorded_by ?? null,
    approved_at: approved?.effective_at ?? null,
  };
  return { rows: [{ table: 'stocktakes', row, isDeleted: opened === undefined }], conflicts: [] };
}

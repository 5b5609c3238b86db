import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type LineFact = RowOf<'count_facts'>;

/**
 * The rules of stocktakes once more, by asking questions of the whole history instead of walking it: is there a later
 * one, who said what last. Shares no code with the folds.
 */
export function stocktakeOracle(ledger: MemoryLedger) {
  const states = [...ledger.subjectsByKey.values()];
  const facts = states.flatMap((state) => rowsOf(state, 'stocktake_facts'));
  const lineFacts = states.flatMap((state) => rowsOf(state, 'count_facts'));
  const stocktakes: Record<string, string> = {};
  for (const { stocktake_id } of facts) {
    const counting = standing(facts.filter((fact) => fact.stocktake_id === stocktake_id));
    const has = (kind: string) => counting.some((fact) => fact.kind === kind);
    if (!has('open_stocktake')) continue;
    const status = has('approve_stocktake') ? 'approved' : has('close_stocktake') ? 'closed' : 'open';
    stocktakes[stocktake_id ?? ''] = status;
  }
  const lines: Record<string, unknown> = {};
  for (const { line_id } of lineFacts) {
    const counting = standing(lineFacts.filter((fact) => fact.line_id === line_id));
    if (counting.length > 0) lines[line_id ?? ''] = lineOf(line_id ?? '', counting);
  }
  return { stocktakes, lines };
}

/** What the folds came to, in the same words. */
export function stocktakesAsFolded(ledger: MemoryLedger) {
  const states = [...ledger.subjectsByKey.values()];
  const lines = states.flatMap((state) => rowsOf(state, 'count_lines'));
  return {
    stocktakes: Object.fromEntries(
      states.flatMap((state) => rowsOf(state, 'stocktakes')).map(({ id, status }) => [id, status]),
    ),
    lines: Object.fromEntries(
      lines.map((line) => [
        line.id,
        {
          state: line.state,
          quantity: line.quantity,
          seen: `${line.seen_kind} ${line.seen_id}`,
          counters: line.counter_count,
          decision: line.decision,
          review: line.review_operation_id,
          adjusted: `${line.adjusted_operation_id} ${line.adjustment} ${line.adjusted_quantity}`,
        },
      ]),
    ),
  };
}

function lineOf(lineId: string, facts: readonly LineFact[]) {
  const isLater = (a: LineFact, b: LineFact) => orderKey(a) > orderKey(b);
  const isStock = lineId.includes(':stock:');
  const believed = facts.filter(
    (fact) =>
      (fact.kind ?? '').startsWith('count_') &&
      !facts.some((other) => other.kind === 'request_recount' && isLater(other, fact)),
  );
  const counters = [...new Set(believed.map(({ recorded_by }) => recorded_by))];
  const lastOf = (some: readonly LineFact[]) =>
    some.find((fact) => !some.some((other) => isLater(other, fact)));
  const last = lastOf(believed);
  const numbers = counters.map(
    (who) => lastOf(believed.filter(({ recorded_by }) => recorded_by === who))?.quantity,
  );
  const differs = isStock && numbers.some((number) => number !== numbers[0]);
  const wasAsked = facts.some(({ kind }) => kind === 'request_recount');
  const review = lastOf(
    facts.filter(
      (fact) =>
        fact.kind === 'review_variance' &&
        !facts.some(
          (other) =>
            ((other.kind ?? '').startsWith('count_') || other.kind === 'request_recount') &&
            isLater(other, fact),
        ),
    ),
  );
  const approval = lastOf(facts.filter(({ kind }) => kind === 'approve_stocktake'));
  const agreed = isStock && !differs ? (last?.quantity ?? null) : null;
  return {
    state: differs ? 'differs' : last ? 'counted' : wasAsked ? 'recount' : 'not_counted',
    quantity: review?.quantity ?? agreed,
    seen: isStock ? 'null null' : `${last?.place_kind ?? null} ${last?.place_id ?? null}`,
    counters: counters.length,
    decision: review?.decision ?? null,
    review: review?.operation_id ?? null,
    adjusted: `${approval?.operation_id ?? null} ${approval?.decision ?? null} ${approval?.quantity ?? null}`,
  };
}

type Undoable = Pick<LineFact, 'id' | 'kind' | 'operation_id' | 'undoes_operation_id' | 'device_id'>;

function standing<Fact extends Undoable>(facts: readonly Fact[]): Fact[] {
  return facts.filter(
    (fact) =>
      fact.kind !== 'undo' &&
      !facts.some(
        (undo) =>
          undo.kind === 'undo' &&
          undo.undoes_operation_id === fact.operation_id &&
          undo.device_id === fact.device_id,
      ),
  );
}

function orderKey({ effective_at, device_id, sequence, id }: LineFact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}

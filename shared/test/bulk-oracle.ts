import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type Fact = RowOf<'bulk_movements'>;

/**
 * The rules of bulk quantities once more, by looking back from each instant instead of carrying a number along:
 * what lies where, and at which facts it went below nothing. Shares no code with the fold.
 */
export function bulkOracle(ledger: MemoryLedger) {
  const facts = [...ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'bulk_movements'));
  const taken = facts.filter(({ kind }) => kind === 'undo');
  const counting = facts.filter(
    (fact) =>
      fact.kind !== 'undo' &&
      !taken.some(
        (undo) => undo.undoes_operation_id === fact.operation_id && undo.device_id === fact.device_id,
      ),
  );
  const isBefore = (a: Fact, b: Fact) => orderKey(a) < orderKey(b);
  const quantityAfter = (fact: Fact): number => {
    const upTo = counting.filter(
      (other) => other.stock_id === fact.stock_id && (other.id === fact.id || isBefore(other, fact)),
    );
    const counted = upTo
      .filter(setsNumber)
      .reduce<Fact | null>((latest, one) => (latest === null || isBefore(latest, one) ? one : latest), null);
    const since = upTo.filter((one) => !setsNumber(one) && (counted === null || isBefore(counted, one)));
    return (counted?.quantity ?? 0) + since.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  };
  const quantities: Record<string, number> = {};
  const shortages: string[] = [];
  for (const stockId of new Set(facts.map(({ stock_id }) => stock_id ?? ''))) {
    const ofStock = counting
      .filter(({ stock_id }) => stock_id === stockId)
      .sort((a, b) => (isBefore(a, b) ? -1 : 1));
    const amounts = ofStock.map(quantityAfter);
    quantities[stockId] = amounts.at(-1) ?? 0;
    for (const [index, fact] of ofStock.entries()) {
      const before = amounts[index - 1] ?? 0;
      if (before < 0 || (amounts[index] ?? 0) >= 0) continue;
      const isStill = amounts.slice(index).every((amount) => amount < 0);
      shortages.push(`bulk_short:${fact.id} ${isStill ? 'open' : 'settled'}`);
    }
  }
  return { quantities, shortages: shortages.sort() };
}

function setsNumber({ kind }: Fact): boolean {
  return kind === 'count_bulk' || kind === 'approve_stocktake';
}

function orderKey({ effective_at, device_id, sequence, id }: Fact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}

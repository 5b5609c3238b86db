import { compareMovements } from '#ledger/compare-movements.ts';
import type { LedgerRow } from './subject-state.ts';

/** A row of a facts table: what every fact of a subject ledger says beside its own matter. */
export type FactRow = LedgerRow & {
  readonly operation_id: string | null;
  readonly kind: string | null;
  readonly effective_at: string | null;
  readonly device_id: string | null;
  readonly sequence: number | null;
  readonly recorded_by: string | null;
  readonly undoes_operation_id: string | null;
  readonly received_at: string | null;
};

/** [SL1] [SL2] The facts of a subject that count, in the order in which they happened. */
export function countedFacts<Fact extends FactRow>(facts: readonly Fact[]): Fact[] {
  const undone = new Set(
    facts.flatMap((fact) => (fact.kind === 'undo' ? [`${fact.undoes_operation_id} ${fact.device_id}`] : [])),
  );
  return facts
    .filter((fact) => fact.kind !== 'undo' && !undone.has(`${fact.operation_id} ${fact.device_id}`))
    .sort(compareFacts);
}

/** [SL1] By when they happened, then device, sequence and id. */
export function compareFacts(a: FactRow, b: FactRow): number {
  return compareMovements(orderOf(a), orderOf(b));
}

function orderOf(fact: FactRow) {
  return {
    effectiveAt: fact.effective_at ?? '',
    deviceId: fact.device_id ?? '',
    sequence: fact.sequence ?? 0,
    id: fact.id,
  };
}

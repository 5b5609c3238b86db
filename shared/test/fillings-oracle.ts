import { rowsOf } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { MemoryLedger } from './memory-ledger.ts';

type Fact = RowOf<'line_filling_facts'>;

/**
 * PL10 once more, by asking of each fact whether any other beats it. Shares no code with the fold. Answers the lines by
 * `<event id>:<asset id>`.
 */
export function fillingsOracle(ledger: MemoryLedger): Record<string, string | null> {
  const facts = [...ledger.subjectsByKey.values()].flatMap((state) => rowsOf(state, 'line_filling_facts'));
  const standing = facts.filter(
    (fact) =>
      fact.kind !== 'undo' &&
      !facts.some(
        (undo) => undo.undoes_operation_id === fact.operation_id && undo.device_id === fact.device_id,
      ),
  );
  const last = standing.filter(
    (fact) =>
      !standing.some((other) => other.filling_id === fact.filling_id && orderKey(other) > orderKey(fact)),
  );
  return Object.fromEntries(
    last.flatMap(({ filling_id, line_id }) => (line_id === null ? [] : [[filling_id, line_id]])),
  );
}

function orderKey({ effective_at, device_id, sequence, id }: Fact): string {
  return `${effective_at} ${device_id} ${String(sequence).padStart(16, '0')} ${id}`;
}

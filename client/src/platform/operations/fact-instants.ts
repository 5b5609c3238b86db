import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { FactRow } from '@eventkit/shared/operations/counted-facts.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { subjectLedgerNames, subjectLedgers } from '@eventkit/shared/schema/subject-ledgers.ts';

/** When the facts of the subjects happened that are loaded here. */
export function factInstantsOf({ subjectsByKey }: WorkingSet): Instant[] {
  const tables = subjectLedgerNames.map((ledger) => subjectLedgers[ledger].facts);
  return [...subjectsByKey.values()].flatMap(({ rowsByTable }) =>
    tables.flatMap((table) => {
      const facts = [...(rowsByTable.get(table)?.values() ?? [])] as FactRow[];
      return facts.flatMap(({ effective_at }) => (effective_at === null ? [] : [effective_at as Instant]));
    }),
  );
}

import type { Relation } from './pgoutput.ts';
import type { RowChange } from './transaction-reader.ts';

/** The operations that rows say they come of, each once. */
export function operationIdsOf(changes: readonly RowChange[]): ReadonlySet<string> {
  const places = new Map<Relation, number>();
  const ids = new Set<string>();
  for (const change of changes) {
    if (change.tag !== 'row' || change.row === null) continue;
    let place = places.get(change.relation);
    if (place === undefined) {
      place = change.relation.columns.findIndex(({ name }) => name === 'operation_id');
      places.set(change.relation, place);
    }
    const id = change.row[place];
    if (typeof id === 'string') ids.add(id);
  }
  return ids;
}

import type { Conflict } from '#ledger/conflict.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** [OP7] True where a conflict is open now that was not there or not open before. */
export function opensConflict(effects: Effects, workingSet: WorkingSet): boolean {
  return effects.conflicts.some((conflict) => conflict.status === 'open' && !wasOpen(conflict, workingSet));
}

function wasOpen({ id, assetId }: Conflict, workingSet: WorkingSet): boolean {
  const before = assetId === null ? [] : (workingSet.conflictsByAssetId.get(assetId) ?? []);
  return before.some((known) => known.id === id && known.status === 'open');
}

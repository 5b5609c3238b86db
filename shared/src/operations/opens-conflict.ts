import type { Conflict } from '#ledger/conflict.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** [OP7] True where a conflict is open now that was not there or not open before. */
export function opensConflict(effects: Effects, workingSet: WorkingSet): boolean {
  return effects.conflicts.some((conflict) => conflict.status === 'open' && !wasOpen(conflict, workingSet));
}

function wasOpen(conflict: Conflict, workingSet: WorkingSet): boolean {
  const { id } = conflict;
  return conflictsBeside(conflict, workingSet).some((known) => known.id === id && known.status === 'open');
}

/** The conflicts about the same asset or subject as they stood before. */
function conflictsBeside({ assetId, subject }: Conflict, workingSet: WorkingSet): readonly Conflict[] {
  if (subject !== null) return workingSet.subjectsByKey.get(subject)?.conflicts ?? [];
  return assetId === null ? [] : (workingSet.conflictsByAssetId.get(assetId) ?? []);
}

import type { Effects } from './working-set.ts';

/** Effects on different rows, together. */
export function joinEffects(a: Effects, b: Effects): Effects {
  return {
    assets: [...a.assets, ...b.assets],
    movements: [...a.movements, ...b.movements],
    retargeted: [...a.retargeted, ...b.retargeted],
    conflicts: [...a.conflicts, ...b.conflicts],
    vanishedConflicts: [...a.vanishedConflicts, ...b.vanishedConflicts],
    subjectRows: [...a.subjectRows, ...b.subjectRows],
    cutShortIds: [...a.cutShortIds, ...b.cutShortIds],
  };
}

import { retarget } from '#labels/retarget.ts';
import { applyEffects } from './apply-effects.ts';
import { effectsOfMovements } from './effects-of-movements.ts';
import { joinEffects } from './join-effects.ts';
import type { Effects, WorkingSet } from './working-set.ts';

/** [LB3] The effects on labels, and what they do to everything that was read by these labels. */
export function withRetargeted(workingSet: WorkingSet, effects: Effects): Effects {
  const codes = new Set(
    effects.subjectRows.flatMap(({ subject }) => (subject.ledger === 'labels' ? [subject.id] : [])),
  );
  if (codes.size === 0) return effects;
  const after = copyOf(workingSet);
  applyEffects(after, effects);
  return joinEffects(effects, effectsOfMovements(after, [], retarget(after, codes)));
}

/** Another set of the same rows; rows never change, only what maps hold. */
function copyOf(workingSet: WorkingSet): WorkingSet {
  return {
    ...workingSet,
    waitingMovements: new Map(workingSet.waitingMovements),
    movementsByAssetId: new Map(workingSet.movementsByAssetId),
    conflictsByAssetId: new Map(workingSet.conflictsByAssetId),
    assetsById: new Map(workingSet.assetsById),
    assetIdsByOperationId: new Map(workingSet.assetIdsByOperationId),
    subjectsByKey: new Map(workingSet.subjectsByKey),
    subjectsByOperationId: new Map(workingSet.subjectsByOperationId),
  };
}

import type { Decision, Effects, Reason } from './working-set.ts';

/** What is said of an operation. */
export type Ruling = Pick<Decision, 'verdict' | 'reason'>;

export function withEffects(effects: Effects, ruling: Ruling): Decision {
  return { effects, ...ruling };
}

export function refuse(reason: Reason): Decision {
  const effects: Effects = { assets: [], movements: [], conflicts: [], vanishedConflicts: [] };
  return { effects, verdict: 'refused', reason };
}

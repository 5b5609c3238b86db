import { type Decision, type Effects, noEffects, type Reason } from './working-set.ts';

/** What is said of an operation. */
export type Ruling = Pick<Decision, 'verdict' | 'reason'>;

export function withEffects(effects: Effects, ruling: Ruling): Decision {
  return { effects, ...ruling };
}

export function refuse(reason: Reason): Decision {
  return { effects: noEffects, verdict: 'refused', reason };
}

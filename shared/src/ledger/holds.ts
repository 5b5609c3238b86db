import type { AssetStatus } from './asset-state.ts';
import type { Fact } from './counted-movements.ts';

/** Why an asset must not go out although it is there; remembered while it is lost. */
export type Holds = {
  /** Damaged or held back by a person. */
  readonly isQuarantined: boolean;
  readonly isInRepair: boolean;
  /** Failed an inspection, and passed none since. */
  readonly hasFailed: boolean;
};

export const noHolds: Holds = { isQuarantined: false, isInRepair: false, hasFailed: false };

/** [LG9] [LG19] [LG22] [LG23] What holds it back after a fact. */
export function holdsAfter(before: Holds, fact: Fact): Holds {
  switch (fact.kind) {
    case 'quarantine':
      return { ...before, isQuarantined: true, isInRepair: false };
    case 'release':
      return noHolds;
    case 'repair_start':
      return { ...before, isInRepair: true };
    case 'repair_done':
      return { ...before, isQuarantined: false, isInRepair: false };
    case 'inspection_result':
      return fact.outcome === 'failed'
        ? { ...before, isInRepair: false, hasFailed: true }
        : { ...before, hasFailed: false };
    default:
      return fact.disposition === 'damaged' ? { ...before, isQuarantined: true, isInRepair: false } : before;
  }
}

/** The status of what is neither lost nor retired. */
export function statusOfHolds({ isQuarantined, isInRepair, hasFailed }: Holds): AssetStatus {
  if (isInRepair) return 'in_repair';
  return isQuarantined || hasFailed ? 'quarantined' : 'in_service';
}

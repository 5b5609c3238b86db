import type { RandomSource } from '#simulation/random-source.ts';
import type { FaultCounts, VirtualFaults } from './virtual-faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What all parts of one run share. */
export type World = {
  readonly time: VirtualTime;
  readonly random: RandomSource;
  /** The weather as it is now; calm after the last fault. */
  faults(): VirtualFaults;
  readonly counts: FaultCounts;
  /** One line of what happened: the same seed gives the same lines. */
  trace(what: string): void;
  /** What must never happen; the run fails by it. */
  violate(rule: string, what: string): void;
};

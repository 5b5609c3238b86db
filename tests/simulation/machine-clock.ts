import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export const machineClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

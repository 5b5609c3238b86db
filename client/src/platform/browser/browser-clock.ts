import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export const browserClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

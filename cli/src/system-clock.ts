import type { Clock } from '@eventkit/shared/kernel/clock.ts';

/** The machine's clocks. */
export const systemClock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

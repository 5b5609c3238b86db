import type { Clock } from '@eventkit/shared/kernel/clock.ts';

/** Prints each step with the seconds since the one before it. */
export function stepPrinter(clock: Clock): (step: string) => void {
  let lastMs = clock.monotonicMs();
  return (step) => {
    const nowMs = clock.monotonicMs();
    console.log(`  ${((nowMs - lastMs) / 1000).toFixed(1).padStart(5)} s  ${step}`);
    lastMs = nowMs;
  };
}

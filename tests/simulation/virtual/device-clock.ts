import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The two clocks of a device: one that people set and get wrong, and one that stands still while it sleeps. */
export type DeviceClock = Clock & {
  /** Somebody sets the wall clock. */
  jump(ms: number): void;
  setAsleep(isAsleep: boolean): void;
  /** The app starts anew: its monotonic clock begins at nought. */
  restart(): void;
};

/** `driftPpm`: how many millionths too fast it runs. */
export function createDeviceClock(time: VirtualTime, wallErrorMs: number, driftPpm: number): DeviceClock {
  const rate = 1 + driftPpm / 1_000_000;
  const bornAtMs = time.nowMs();
  let errorMs = wallErrorMs;
  let startedAtMs = bornAtMs;
  let sleptMs = 0;
  let asleepSinceMs: number | null = null;
  return {
    wallMs: () => bornAtMs + (time.nowMs() - bornAtMs) * rate + errorMs,
    monotonicMs: () => ((asleepSinceMs ?? time.nowMs()) - startedAtMs - sleptMs) * rate,
    jump(ms) {
      errorMs += ms;
    },
    setAsleep(isAsleep) {
      if (isAsleep) asleepSinceMs ??= time.nowMs();
      else if (asleepSinceMs !== null) {
        sleptMs += time.nowMs() - asleepSinceMs;
        asleepSinceMs = null;
      }
    },
    restart() {
      startedAtMs = time.nowMs();
      sleptMs = 0;
      asleepSinceMs = null;
    },
  };
}

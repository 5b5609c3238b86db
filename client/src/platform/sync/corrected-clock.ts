import type { Clock } from '@eventkit/shared/kernel/clock.ts';

/** One comparison of the device's clocks with the server's. */
export type ClockSample = {
  /** The server's time, milliseconds since 1970, at the instant `monotonicMs` of the device. */
  readonly serverMs: number;
  readonly monotonicMs: number;
  /** How long the question took; the error is at most half of it. */
  readonly roundTripMs: number;
};

/** The server's time as well as the device can know it; a wall clock that is wrong or moved does not matter. */
export type CorrectedClock = {
  nowMs(): number;
  /** What the device's own clock says. */
  wallMs(): number;
  /** Server minus wall clock; null where it was never measured, on this run or an earlier one. */
  offsetMs(): number | null;
  /** True when measured on this run and nothing put it in doubt since. */
  isChecked(): boolean;
  adopt(sample: ClockSample): void;
  /** To be called when the device may have slept: some browsers' monotonic clocks stand still meanwhile. */
  noteResumed(): void;
};

/** A shorter gap between the two clocks than this is drift and scheduling, not sleep. */
const SLEEP_AT_LEAST_MS = 2_000;

/**
 * Time runs on the monotonic clock from the last known point. After a sleep the wall clock is asked how long it
 * was, forwards only: a clock put back by hand must not move the past.
 * `rememberedOffsetMs` is what an earlier run measured.
 */
export function createCorrectedClock(clock: Clock, rememberedOffsetMs: number | null): CorrectedClock {
  const startWallMs = clock.wallMs();
  let anchor = {
    nowMs: startWallMs + (rememberedOffsetMs ?? 0),
    wallMs: startWallMs,
    monotonicMs: clock.monotonicMs(),
  };
  let isMeasured = false;
  let isKnown = rememberedOffsetMs !== null;

  const nowMs = () => anchor.nowMs + (clock.monotonicMs() - anchor.monotonicMs);
  return {
    nowMs,
    wallMs: () => clock.wallMs(),
    // Rounding leaves a zero with a sign where the device is a little ahead.
    offsetMs: () => (isKnown ? Math.round(nowMs() - clock.wallMs()) + 0 : null),
    isChecked: () => isMeasured,
    adopt(sample) {
      const monotonicMs = clock.monotonicMs();
      anchor = {
        nowMs: sample.serverMs + (monotonicMs - sample.monotonicMs),
        wallMs: clock.wallMs(),
        monotonicMs,
      };
      isMeasured = true;
      isKnown = true;
    },
    noteResumed() {
      const monotonicMs = clock.monotonicMs();
      const wallMs = clock.wallMs();
      const sleptMs = wallMs - anchor.wallMs - (monotonicMs - anchor.monotonicMs);
      if (sleptMs < SLEEP_AT_LEAST_MS) return;
      anchor = { nowMs: nowMs() + sleptMs, wallMs, monotonicMs };
      isMeasured = false;
    },
  };
}

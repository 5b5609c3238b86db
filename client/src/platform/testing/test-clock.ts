import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export type TestClock = Clock & {
  /** Time passes on both clocks. */
  advance(ms: number): void;
  /** Somebody sets the wall clock. */
  setWall(ms: number): void;
  /** The device sleeps: the wall clock goes on, the monotonic one stands. */
  sleep(ms: number): void;
};

export function createTestClock(wallMs: number): TestClock {
  let wall = wallMs;
  let monotonic = 1_000;
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    advance(ms) {
      wall += ms;
      monotonic += ms;
    },
    setWall(ms) {
      wall = ms;
    },
    sleep(ms) {
      wall += ms;
    },
  };
}

/** After so long without a touch or a scan nobody is at it any more. */
export const IDLE_MS = 300_000;
/** Who is in the middle of an entry is left to it, but a sheet that was walked away from keeps no device open. */
export const UNFINISHED_MS = 3 * IDLE_MS;

/** Counts how long nobody has done anything. `wallMs` may jump: forward is a device that slept, backward is no time. */
export function createIdleWatch(wallMs: () => number): {
  noteAct(): void;
  isOver(isUnfinished: boolean): boolean;
} {
  let idleMs = 0;
  let lastMs = wallMs();
  const pass = () => {
    const nowMs = wallMs();
    idleMs += Math.max(0, nowMs - lastMs);
    lastMs = nowMs;
  };
  return {
    noteAct() {
      pass();
      // Who comes back after that while finds it locked, and does not open it by a touch.
      if (idleMs < IDLE_MS) idleMs = 0;
    },
    isOver(isUnfinished) {
      pass();
      return idleMs >= (isUnfinished ? UNFINISHED_MS : IDLE_MS);
    },
  };
}

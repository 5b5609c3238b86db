import type { Timers } from '#platform/sync/timers.ts';

export type ManualTimers = Timers & {
  /** Runs what is due within the next `ms`, in order. */
  advance(ms: number): void;
  /** Milliseconds until each waiting timer, soonest first. */
  waiting(): number[];
};

/** Time that passes only when told. */
export function createManualTimers(): ManualTimers {
  let now = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  return {
    after(ms, run) {
      const timer = { at: now + ms, run };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = next.at;
        waiting = waiting.filter((other) => other !== next);
        next.run();
      }
      now = end;
    },
    waiting: () => waiting.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}

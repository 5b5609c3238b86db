import type { Timers } from '@eventkit/client/platform/sync/timers.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * One run of the app on a device, from its start to its end. When it is killed, whatever it was waiting for never
 * comes: no line of it is executed any more.
 */
export type Life = Timers & {
  isOver(): boolean;
  end(): void;
  wait(ms: number): Promise<void>;
  /** A wait that nobody wakes from. */
  forever(): Promise<never>;
  /** While asleep, timers that come due run at the waking. */
  setAsleep(isAsleep: boolean): void;
};

export function createLife(time: VirtualTime): Life {
  let isOver = false;
  let isAsleep = false;
  let due: (() => void)[] = [];
  const after = (ms: number, run: () => void) => {
    let isCalledOff = false;
    const wake = () => {
      if (isOver || isCalledOff) return;
      if (isAsleep) due.push(wake);
      else run();
    };
    const cancel = time.after(ms, wake);
    return () => {
      isCalledOff = true;
      cancel();
    };
  };
  return {
    after,
    isOver: () => isOver,
    end() {
      isOver = true;
      due = [];
    },
    wait: (ms) => new Promise((resolve) => void after(ms, resolve)),
    forever: () => new Promise(() => undefined),
    setAsleep(next) {
      isAsleep = next;
      if (isAsleep) return;
      const missed = due;
      due = [];
      for (const run of missed) run();
    },
  };
}

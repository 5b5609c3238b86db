import type { Timers } from './timers.ts';

/** A sleep that can be cut short. A call to `wake` before the sleep is remembered, so none is lost. */
export type Waker = {
  wake(): void;
  /** Until woken or, at the latest, after `ms`. */
  sleep(ms: number): Promise<void>;
};

export function createWaker(timers: Timers): Waker {
  let isWoken = false;
  let rouse: (() => void) | null = null;
  return {
    wake() {
      isWoken = true;
      rouse?.();
    },
    async sleep(ms) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const cancel = timers.after(ms, resolve);
          rouse = () => {
            cancel();
            resolve();
          };
        });
        rouse = null;
      }
      isWoken = false;
    },
  };
}

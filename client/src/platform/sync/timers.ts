/** Waiting as a capability, so that a simulation can hold time still. */
export type Timers = {
  /** Runs once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
};

export const realTimers: Timers = {
  after(ms, run) {
    const handle = setTimeout(run, ms);
    return () => clearTimeout(handle);
  },
};

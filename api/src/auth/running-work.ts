export type RunningWork = {
  /** Work that nobody waits for; it must take care of its own errors. */
  add(work: Promise<void>): void;
  /** Resolves when none is running. */
  settled(): Promise<void>;
};

/** What goes on after its request was answered, and must end before what it uses does. */
export function createRunningWork(): RunningWork {
  const running = new Set<Promise<void>>();
  return {
    add(work) {
      const one: Promise<void> = work.finally(() => running.delete(one));
      running.add(one);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** The part of the Web Locks API that is needed; held for as long as the callback's promise is open. */
export type LockPort = {
  request(name: string, options: { signal: AbortSignal }, callback: () => Promise<void>): Promise<unknown>;
};

/**
 * Runs `work` in one tab of this browser at a time. When that tab closes or dies, the browser gives the lock to
 * another, which then runs its own. Ends when the signal says stop. Without locks (a Node device) it just runs.
 */
export async function runInOneTab(
  { locks }: { readonly locks: LockPort | null },
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (locks === null) return work(signal);
  try {
    await locks.request(name, { signal }, () => work(signal));
  } catch (error) {
    // Called off while it waited for its turn.
    if (!signal.aborted) throw error;
  }
}

/** A tab's turn to do what one tab does for all. */
export type Turn = {
  /** Whether it is this tab that does it now. */
  isLeading(): boolean;
  /** Waits for the turn and then works, until it is given up. */
  take(): void;
  /** Resolves when the work has ended. */
  giveUp(): Promise<void>;
};

/** `work` that fails is told; the turn is then another tab's. */
export function createTurn(
  ports: { readonly locks: LockPort | null; readonly onProblem: (what: string, error: unknown) => void },
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
): Turn {
  let taken: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;
  let isLeading = false;
  const lead = async (signal: AbortSignal) => {
    isLeading = true;
    try {
      await work(signal);
    } finally {
      isLeading = false;
    }
  };
  return {
    isLeading: () => isLeading,
    take() {
      const controller = new AbortController();
      const done = runInOneTab(ports, name, lead, controller.signal);
      done.catch((error: unknown) => ports.onProblem('keep in step', error));
      taken = { controller, done };
    },
    async giveUp() {
      taken?.controller.abort();
      await taken?.done;
      taken = null;
    },
  };
}

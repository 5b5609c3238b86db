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

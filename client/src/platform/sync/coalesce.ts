/**
 * Calls during a run are answered by one more run after it, so that the last run always saw the last change and no
 * two runs overlap. Rejects as the work does.
 */
export function coalesce(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWantedAgain = false;
  const loop = async () => {
    try {
      while (isWantedAgain) {
        isWantedAgain = false;
        await work();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    isWantedAgain = true;
    running ??= loop();
    return running;
  };
}

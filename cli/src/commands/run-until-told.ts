const LAUNCHER_CHECK_MS = 1000;

/**
 * Waits for Ctrl-C, a stop signal, or the death of the npm script that started us (killed with no time to pass the
 * signal on), then stops in order. A second Ctrl-C leaves at once.
 */
export async function runUntilTold(stop: () => Promise<void>): Promise<void> {
  await toldToStop();
  process.once('SIGINT', () => process.exit(130));
  await stop();
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const launcher = process.ppid;
    const timer = setInterval(() => {
      if (process.env['npm_lifecycle_event'] !== undefined && process.ppid !== launcher) told();
    }, LAUNCHER_CHECK_MS);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const told = () => {
      clearInterval(timer);
      for (const signal of signals) process.off(signal, told);
      // A terminal that was closed sends SIGHUP more than once.
      process.on('SIGHUP', () => undefined);
      process.on('SIGTERM', () => undefined);
      resolve();
    };
    for (const signal of signals) process.on(signal, told);
  });
}

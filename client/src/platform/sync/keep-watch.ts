import type { OutboxHead } from '#platform/outbox/outbox-store.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { AskServerTime } from './measure-clock.ts';
import type { Timers } from './timers.ts';
import { noteRestart, type Restart, startWatchdog, watch } from './watchdog.ts';

const EVERY_MS = 10_000;

/** Looks every ten seconds whether something is stuck while the server answers, and says what to restart. */
export function keepWatch(
  ports: {
    readonly head: () => OutboxHead | null;
    readonly clock: CorrectedClock;
    readonly timers: Timers;
    readonly askServerTime: AskServerTime;
    readonly download: () => { readonly isConnected: boolean; readonly lastTokenAtMs: number };
    readonly isOnline: () => boolean;
    readonly restart: (part: Restart) => void;
    readonly onProblem: (error: unknown) => void;
  },
  signal: AbortSignal,
): void {
  const { clock, timers } = ports;
  let watchdog = startWatchdog(clock.nowMs());

  const look = async () => {
    const found = watch(watchdog, { nowMs: clock.nowMs(), head: ports.head(), ...ports.download() });
    watchdog = found.memory;
    if (found.stuck.length === 0 || !ports.isOnline() || !(await doesServerAnswer())) return;
    watchdog = noteRestart(watchdog, clock.nowMs());
    for (const part of found.stuck) ports.restart(part);
  };
  const doesServerAnswer = async () => {
    try {
      await ports.askServerTime(signal);
      return true;
    } catch {
      return false;
    }
  };
  const next = () => {
    if (signal.aborted) return;
    const cancel = timers.after(EVERY_MS, () => {
      signal.removeEventListener('abort', cancel);
      look()
        .catch((error: unknown) => {
          if (!signal.aborted) ports.onProblem(error);
        })
        .finally(next);
    });
    signal.addEventListener('abort', cancel, { once: true });
  };
  next();
}

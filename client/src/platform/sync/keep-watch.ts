import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { OutboxHead } from '#platform/outbox/outbox-store.ts';
import { type AskForStream, createDeadStreamFinder } from './find-dead-stream.ts';
import type { AskServerTime } from './measure-clock.ts';
import type { Timers } from './timers.ts';
import { noteRestart, type Restart, startWatchdog, watch } from './watchdog.ts';

const EVERY_MS = 5_000;

/**
 * Looks every five seconds whether something is stuck while the server answers, and says what to restart. `lastTokenAtMs`
 * is of the monotonic clock.
 */
export function keepWatch(
  ports: {
    readonly head: () => OutboxHead | null;
    /** Its monotonic side counts: the other may be put right by days at any moment. */
    readonly deviceClock: Clock;
    readonly timers: Timers;
    readonly askServerTime: AskServerTime;
    readonly askForStream: AskForStream;
    readonly download: () => { readonly isConnected: boolean; readonly lastTokenAtMs: number };
    readonly isOnline: () => boolean;
    readonly restart: (part: Restart) => void;
    readonly onProblem: (error: unknown) => void;
  },
  signal: AbortSignal,
): void {
  const { timers } = ports;
  const nowMs = () => ports.deviceClock.monotonicMs();
  const isStreamDead = createDeadStreamFinder(ports.askForStream, ports.deviceClock);
  let watchdog = startWatchdog(nowMs());

  const look = async () => {
    const found = watch(watchdog, { nowMs: nowMs(), head: ports.head(), ...ports.download() });
    watchdog = found.memory;
    if (!ports.isOnline()) return;
    if (found.stuck.length > 0 && (await doesServerAnswer())) {
      watchdog = noteRestart(watchdog, nowMs());
      for (const part of found.stuck) ports.restart(part);
    } else if (await isStreamDead(() => ports.download().isConnected, signal)) {
      // A call that is under way most likely hangs on the same line.
      for (const part of ['download', 'upload'] as const) ports.restart(part);
    }
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

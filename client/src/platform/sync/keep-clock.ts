import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { coalesce } from './coalesce.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import { type AskServerTime, measureClock } from './measure-clock.ts';
import type { Timers } from './timers.ts';

export type ClockKeeper = {
  /** Measures now, if the server can be reached. */
  measure(): Promise<void>;
};

const EVERY_MS = 1_200_000;
const AGAIN_AFTER_MS = 60_000;

/** Measures the clock now and every 20 minutes, every minute while the server does not answer. */
export function keepClock(
  ports: {
    readonly replica: Replica;
    readonly deviceClock: Clock;
    readonly clock: CorrectedClock;
    readonly askServerTime: AskServerTime;
    readonly timers: Timers;
    /** False while the person keeps the device offline. */
    readonly mayAsk: () => boolean;
    readonly onMeasured: () => void;
    readonly onProblem: (error: unknown) => void;
  },
  signal: AbortSignal,
): ClockKeeper {
  const { clock, timers } = ports;
  const measure = coalesce(async () => {
    if (!ports.mayAsk() || signal.aborted) return;
    const sample = await measureClock(
      { clock: ports.deviceClock, askServerTime: ports.askServerTime },
      signal,
    ).catch(
      // Not reached: the bar says so by other signs, and the next round comes.
      () => null,
    );
    if (sample === null || signal.aborted) return;
    clock.adopt(sample);
    ports.onMeasured();
    await writeDeviceState(ports.replica, { clock_offset_ms: String(clock.offsetMs()) });
  });
  const round = async () => {
    await measure();
    if (signal.aborted) return;
    const cancel = timers.after(clock.isChecked() ? EVERY_MS : AGAIN_AFTER_MS, start);
    signal.addEventListener('abort', cancel, { once: true });
  };
  const start = () => {
    round().catch((error: unknown) => {
      if (!signal.aborted) ports.onProblem(error);
    });
  };
  start();
  return { measure };
}

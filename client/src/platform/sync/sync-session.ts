import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { PowerSyncBackendConnector } from '@powersync/common';
import { createObservable, type Observable } from '#platform/live/observable.ts';
import { redecidePending } from '#platform/operations/redecide-pending.ts';
import { countOutbox, countRefusedAfter, lastSettled } from '#platform/outbox/outbox-store.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import { createDownloader } from './downloader.ts';
import { type AskServerTime, measureClock } from './measure-clock.ts';
import type { Push, PushFailure } from './push.ts';
import { type LockPort, runInOneTab } from './single-uploader.ts';
import { reduceSync, type SyncEvent, type SyncState, startSyncMemory } from './sync-state.ts';
import type { Timers } from './timers.ts';
import { createUploader } from './uploader.ts';
import { noteRestart, startWatchdog, watch } from './watchdog.ts';

export type SyncSessionPorts = {
  readonly replica: Replica;
  readonly deviceId: DeviceId;
  readonly appVersion: string;
  /** The device's own clocks, and what is made of them. */
  readonly deviceClock: Clock;
  readonly clock: CorrectedClock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly push: Push;
  readonly askServerTime: AskServerTime;
  readonly createConnector: (listener: {
    onToken(): void;
    onFailure(failure: PushFailure): void;
  }) => PowerSyncBackendConnector;
  /** Null where no other process can have the same replica. */
  readonly locks: LockPort | null;
  /** Whether the device has any network. */
  readonly network: Observable<boolean>;
  /** What should never happen, for a log. */
  readonly onProblem: (what: string, error: unknown) => void;
};

export type SyncSession = {
  readonly state: Observable<SyncState>;
  /** For what happens outside: storage, sign-in. */
  report(event: SyncEvent): void;
  hold(isHeld: boolean): Promise<void>;
  wake(): void;
  /** The device was asleep or looked away. */
  noteResumed(): void;
  stop(): Promise<void>;
};

const WATCH_EVERY_MS = 10_000;
const MEASURE_EVERY_MS = 1_200_000;
const MEASURE_AGAIN_AFTER_MS = 60_000;
/** Long enough for the parts of one checkpoint to come in, short enough that nobody sees the wait. */
const SETTLE_MS = 30;

/** Keeps a device in step with the server for as long as it runs: up, down, the clock, and what people are told. */
export async function startSyncSession(ports: SyncSessionPorts): Promise<SyncSession> {
  const { replica, clock, timers, network, onProblem } = ports;
  const remembered = await readDeviceState(replica, ['is_held', 'last_heard_at']);
  const settledAtStart = await lastSettled(replica);
  const life = new AbortController();
  const now = () => ({ ms: clock.nowMs(), instant: instantOfMs(clock.nowMs()) });

  let isHeld = remembered.is_held === '1';
  let memory = startSyncMemory({
    isOnline: network.current(),
    isHeld,
    lastHeardAt: remembered.last_heard_at as Instant | null,
    now: now(),
  });
  const state = createObservable(memory.state, isSameState);
  const report = (event: SyncEvent) => {
    memory = reduceSync(memory, event, now());
    state.set(memory.state);
  };
  /** Work beside the main line: a failure of it is told and ends nothing else. */
  const inBackground = (what: string, work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      if (!life.signal.aborted) onProblem(what, error);
    });
  };

  const reportFailure = (failure: { readonly tag: PushFailure['tag'] | 'device_failed' }) => {
    switch (failure.tag) {
      case 'unreachable':
        return report({ type: 'server_silent' });
      case 'unauthenticated':
      case 'not_allowed':
        return report({ type: 'sign_in_wanted' });
      case 'server_failed':
      case 'not_taken':
      case 'device_failed':
        return report({ type: 'push_stumbled' });
    }
  };

  const uploader = createUploader(ports);
  let answeredCount = 0;
  uploader.status.subscribe((status) => {
    if (status.answeredCount > answeredCount) {
      report({ type: 'push_answered', count: status.answeredCount - answeredCount });
      answeredCount = status.answeredCount;
    }
    if (status.failure !== null && !status.isPushing) reportFailure(status.failure);
  });

  let lastTokenAtMs = clock.nowMs();
  const downloader = createDownloader(
    replica,
    ports.createConnector({
      onToken() {
        lastTokenAtMs = clock.nowMs();
        report({ type: 'signed_in' });
      },
      onFailure: reportFailure,
    }),
    ports.appVersion,
  );
  const followDownload = replica.registerListener({
    statusChanged() {
      const before = memory.state.download;
      const download = downloader.current();
      if (download.isConnected && !before.isConnected) {
        report({ type: 'server_heard' });
        uploader.wake();
        inBackground('note that the server was heard', () =>
          writeDeviceState(replica, { last_heard_at: now().instant }),
        );
      }
      report({ type: 'download_changed', download });
    },
  });

  const countQueue = async () => {
    const { head: _, ...counts } = await countOutbox(replica);
    const refusedCount = await countRefusedAfter(replica, settledAtStart);
    report({ type: 'queue_counted', ...counts, refusedCount });
  };
  replica.onChange(
    {
      onChange() {
        uploader.notify();
        inBackground('count the outbox', countQueue);
      },
    },
    { tables: ['outbox'], throttleMs: 5, signal: life.signal },
  );

  let isMeasuring = false;
  const measure = async () => {
    if (isMeasuring || isHeld || life.signal.aborted) return;
    isMeasuring = true;
    try {
      clock.adopt(
        await measureClock({ clock: ports.deviceClock, askServerTime: ports.askServerTime }, life.signal),
      );
      report({ type: 'server_heard' });
      await writeDeviceState(replica, { clock_offset_ms: String(clock.offsetMs()) });
    } catch {
      // Not reached, which the bar says: the next round comes.
    } finally {
      isMeasuring = false;
      report({ type: 'clock_checked', isChecked: clock.isChecked() });
    }
  };
  const keepMeasuring = async () => {
    await measure();
    if (life.signal.aborted) return;
    timers.after(clock.isChecked() ? MEASURE_EVERY_MS : MEASURE_AGAIN_AFTER_MS, () =>
      inBackground('measure the clock', keepMeasuring),
    );
  };

  const work = async (signal: AbortSignal) => {
    const stopWatching = keepWatching(signal);
    const redecide = () => inBackground('decide again', async () => void (await redecidePending(replica)));
    replica.onChange({ onChange: redecide }, { tables: ['overlay_dirty'], throttleMs: SETTLE_MS, signal });
    redecide();
    await uploader.run(signal);
    stopWatching();
  };

  const keepWatching = (signal: AbortSignal) => {
    let watchdog = startWatchdog(clock.nowMs());
    let cancel: (() => void) | null = null;
    const look = async () => {
      report({ type: 'time_passed' });
      const { head } = await countOutbox(replica);
      const { isConnected } = downloader.current();
      const vitals = { nowMs: clock.nowMs(), head, isConnected, lastTokenAtMs };
      const found = watch(watchdog, vitals);
      watchdog = found.memory;
      if (found.stuck.length === 0 || !network.current() || !(await doesServerAnswer(signal))) return;
      watchdog = noteRestart(watchdog, clock.nowMs());
      if (found.stuck.includes('upload')) uploader.restart();
      if (found.stuck.includes('download')) downloader.restart();
    };
    const next = () => {
      if (signal.aborted) return;
      cancel = timers.after(WATCH_EVERY_MS, () => {
        inBackground('watch', look);
        next();
      });
    };
    next();
    return () => cancel?.();
  };

  const doesServerAnswer = async (signal: AbortSignal) => {
    try {
      await ports.askServerTime(signal);
      return true;
    } catch {
      return false;
    }
  };

  let upload: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;
  const connect = () => {
    const controller = new AbortController();
    const done = runInOneTab(ports, `eventkit-upload-${ports.deviceId}`, work, controller.signal);
    done.catch((error: unknown) => onProblem('upload', error));
    upload = { controller, done };
    downloader.start();
  };
  const disconnect = async () => {
    upload?.controller.abort();
    await upload?.done;
    upload = null;
    await downloader.stop();
  };
  const wake = () => {
    uploader.wake();
    if (!isHeld && !downloader.current().isConnected) downloader.restart();
  };

  const unfollowNetwork = network.subscribe((isOnline) => {
    report({ type: 'network_changed', isOnline });
    if (!isOnline) return;
    wake();
    inBackground('measure the clock', measure);
  });

  await countQueue();
  report({ type: 'download_changed', download: downloader.current() });
  if (!isHeld) connect();
  inBackground('measure the clock', keepMeasuring);

  return {
    state,
    report,
    wake,
    noteResumed() {
      clock.noteResumed();
      if (!clock.isChecked()) inBackground('measure the clock', measure);
      wake();
    },
    async hold(next) {
      if (next === isHeld) return;
      isHeld = next;
      await writeDeviceState(replica, { is_held: next ? '1' : '0' });
      report({ type: 'held_changed', isHeld: next });
      if (next) await disconnect();
      else connect();
    },
    async stop() {
      life.abort();
      unfollowNetwork();
      await disconnect();
      followDownload();
    },
  };
}

function isSameState(a: SyncState, b: SyncState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

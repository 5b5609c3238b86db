import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { PowerSyncBackendConnector } from '@powersync/common';
import type { AttachmentUploader } from '#platform/attachments/attachment-uploader.ts';
import type { StorageMemory } from '#platform/device/storage-memory.ts';
import { createObservable, type Observable } from '#platform/live/observable.ts';
import type { FindDeciding } from '#platform/operations/deciding.ts';
import { lastSettled, type OutboxHead, readOutboxStatus } from '#platform/outbox/outbox-store.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { coalesce } from './coalesce.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { ReportDevice } from './device-report.ts';
import { createDownloader } from './downloader.ts';
import { eventOfFailure } from './event-of-failure.ts';
import type { AskForStream } from './find-dead-stream.ts';
import { keepClock } from './keep-clock.ts';
import { keepDeciding } from './keep-deciding.ts';
import { createReporter } from './keep-reporting.ts';
import { keepWatch } from './keep-watch.ts';
import { createTurn, type LockPort } from './leading-tab.ts';
import type { AskServerTime } from './measure-clock.ts';
import type { Push, PushFailure } from './push.ts';
import { type SiblingTabs, talkToTabs } from './sibling-tabs.ts';
import {
  type DownloadState,
  isSameState,
  reduceSync,
  type SyncEvent,
  type SyncState,
  startSyncMemory,
} from './sync-state.ts';
import type { Timers } from './timers.ts';
import { createUploader, type UploadFailure } from './uploader.ts';

export type SyncSessionPorts = {
  readonly replica: Replica;
  readonly findDeciding: FindDeciding;
  readonly deviceId: DeviceId;
  readonly appVersion: string;
  /** The device's own clocks, and what is made of them. */
  readonly deviceClock: Clock;
  readonly clock: CorrectedClock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly push: Push;
  /** Sends the files of operations beside them; null where a device has none. */
  readonly attachments: AttachmentUploader | null;
  readonly askServerTime: AskServerTime;
  readonly askForStream: AskForStream;
  readonly createConnector: (listener: {
    onToken(): void;
    onFailure(failure: PushFailure): void;
  }) => PowerSyncBackendConnector;
  readonly reportDevice: ReportDevice;
  /** Where the storage is remembered beside itself; null where nothing outlives it. */
  readonly memory: StorageMemory | null;
  /** Null where no other process can have the same replica. */
  readonly locks: LockPort | null;
  /** The other tabs on the same replica; null where there are none. */
  readonly siblings: SiblingTabs | null;
  /** Whether the device has any network. */
  readonly network: Observable<boolean>;
  /** What should never happen, for a log. */
  readonly onProblem: (what: string, error: unknown) => void;
};

export type SyncSession = {
  readonly state: Observable<SyncState>;
  /** Tells at once that an operation was committed: people see that it waits, and it is on its way. */
  noteRecorded(operation: Operation): void;
  /** For what happens outside: storage, sign-in. */
  report(event: SyncEvent): void;
  hold(isHeld: boolean): Promise<void>;
  /** A person has read what was lost with an earlier storage. */
  noteLossSeen(): Promise<void>;
  wake(): void;
  checkClock(): Promise<void>;
  /** The device was asleep or looked away. */
  noteResumed(): void;
  stop(): Promise<void>;
};

const TELL_TIME_EVERY_MS = 30_000;
/**
 * Long enough for all that follows from one scan to come in, the parts of a checkpoint too, so that it is looked at
 * once. Each look stands in one queue with the next scan.
 */
const SETTLE_MS = 150;

/**
 * Keeps a device in step with the server for as long as it runs: up, down, the clock, and what people are told. Of
 * several tabs one does it, up and down together, and tells the others; when it dies, the next takes over both.
 */
export async function startSyncSession(ports: SyncSessionPorts): Promise<SyncSession> {
  const { replica, clock, timers, network, onProblem } = ports;
  const remembered = await readDeviceState(replica, ['is_held', 'last_heard_at', 'epoch']);
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
  const { epoch } = remembered;
  const report = (event: SyncEvent) => {
    memory = reduceSync(memory, event, now());
    const { lastSequence, state: next } = memory;
    if (epoch !== null) ports.memory?.note({ epoch, lastSequence, waitingCount: next.waitingCount });
    state.set(next);
  };
  /** Work beside the main line: a failure of it is told and ends nothing else. */
  const inBackground = (what: string, work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      if (!life.signal.aborted) onProblem(what, error);
    });
  };

  const shareFailure = (failure: Pick<UploadFailure, 'tag'>) => tabs.share(eventOfFailure(failure));

  const uploader = createUploader(ports);
  let answeredCount = 0;
  uploader.status.subscribe((status) => {
    if (status.answeredCount > answeredCount) {
      tabs.share({ type: 'push_answered', count: status.answeredCount - answeredCount });
      answeredCount = status.answeredCount;
    }
    if (status.failure !== null && !status.isPushing) shareFailure(status.failure);
  });

  const reporter = createReporter(
    {
      ...ports,
      isStorageKept: () => memory.state.isStorageKept,
      onLosses: (lostCount) => report({ type: 'losses_read', lostCount }),
      onProblem: (error) => onProblem('tell how the device is', error),
    },
    life.signal,
  );
  let lastTokenAtMs = ports.deviceClock.monotonicMs();
  const noteDownload = (download: DownloadState) => {
    const before = memory.state.download;
    if (download.isConnected && !before.isConnected) {
      tabs.share({ type: 'server_heard' });
      uploader.wake();
      ports.attachments?.wake();
      inBackground('note that the server was heard', () =>
        writeDeviceState(replica, { last_heard_at: now().instant }),
      );
    }
    tabs.share({ type: 'download_changed', download });
  };
  const connector = ports.createConnector({
    onToken() {
      lastTokenAtMs = ports.deviceClock.monotonicMs();
      tabs.share({ type: 'device_taken' });
      inBackground('tell how the device is', reporter.tellServer);
    },
    onFailure: shareFailure,
  });
  const downloader = createDownloader(replica, connector, { ...ports, onChange: noteDownload });

  let head: OutboxHead | null = null;
  const countQueue = coalesce(async () => {
    const { head: found, ...counts } = await readOutboxStatus(replica, settledAtStart);
    head = found;
    report({ type: 'queue_counted', ...counts });
    // What another tab recorded is heard of in no other way.
    uploader.notify(counts.lastSequence);
  });
  // The SDK tells changes together, `throttleMs` after the first of them.
  replica.onChange(
    { onChange: () => inBackground('count the outbox', countQueue) },
    { tables: ['outbox', 'attachment_queue'], throttleMs: SETTLE_MS, signal: life.signal },
  );

  const clockKeeper = keepClock(
    {
      ...ports,
      mayAsk: () => !isHeld,
      onMeasured() {
        report({ type: 'server_heard' });
        report({ type: 'clock_checked', isChecked: true });
      },
      onProblem: (error) => onProblem('measure the clock', error),
    },
    life.signal,
  );

  const lead = async (signal: AbortSignal) => {
    keepWatch(
      {
        ...ports,
        head: () => head,
        download: () => ({ isConnected: downloader.current().isConnected, lastTokenAtMs }),
        isOnline: network.current,
        restart: (part) => (part === 'upload' ? uploader : downloader).restart(),
        onProblem: (error) => onProblem('keep watch', error),
      },
      signal,
    );
    keepDeciding(
      { ...ports, settleMs: SETTLE_MS, onProblem: (error) => onProblem('decide again', error) },
      signal,
    );
    downloader.start();
    try {
      await Promise.all([uploader.run(signal), ports.attachments?.run(signal)]);
    } finally {
      // The next tab must not begin before this one has ended.
      await downloader.stop();
    }
  };

  const turn = createTurn(ports, `eventkit-upload-${ports.deviceId}`, lead);
  const setHeld = async (next: boolean) => {
    isHeld = next;
    report({ type: 'held_changed', isHeld: next });
    if (next) return turn.giveUp();
    turn.take();
    inBackground('measure the clock', clockKeeper.measure);
  };
  const tryNow = () => {
    uploader.wake();
    ports.attachments?.wake();
    if (!downloader.current().isConnected) downloader.restart();
  };
  const wake = () => {
    if (turn.isLeading()) tryNow();
    else tabs.wake();
  };
  const tabs = talkToTabs(ports.siblings, {
    isLeading: turn.isLeading,
    report,
    download: downloader.current,
    onWake: tryNow,
    onHeld(next) {
      if (next !== isHeld) inBackground('follow another tab', () => setHeld(next));
    },
    onRecorded: uploader.notify,
  });

  const unfollowNetwork = network.subscribe((isOnline) => {
    report({ type: 'network_changed', isOnline });
    if (!isOnline) return;
    wake();
    inBackground('measure the clock', clockKeeper.measure);
  });
  const tellTime = () => {
    report({ type: 'time_passed' });
    // The leading tab may be one whose timers are slowed, because nobody looks at it.
    if (!turn.isLeading() && !memory.state.download.isConnected) tabs.wake();
    cancelTellTime = timers.after(TELL_TIME_EVERY_MS, tellTime);
  };
  let cancelTellTime = timers.after(TELL_TIME_EVERY_MS, tellTime);

  await countQueue();
  await reporter.lookAtLosses();
  report({ type: 'download_changed', download: downloader.current() });
  tabs.ask();
  if (!isHeld) turn.take();

  return {
    state,
    noteRecorded({ sequence, recordedAt }) {
      tabs.share({ type: 'recorded', sequence, recordedAt });
      uploader.notify(sequence);
    },
    report,
    wake,
    checkClock: clockKeeper.measure,
    noteResumed() {
      clock.noteResumed();
      report({ type: 'clock_checked', isChecked: clock.isChecked() });
      if (!clock.isChecked()) inBackground('measure the clock', clockKeeper.measure);
      wake();
    },
    noteLossSeen: reporter.noteLossSeen,
    async hold(next) {
      if (next === isHeld) return;
      await writeDeviceState(replica, { is_held: next ? '1' : '0' });
      tabs.tellHeld(next);
      await setHeld(next);
    },
    async stop() {
      life.abort();
      cancelTellTime();
      unfollowNetwork();
      tabs.stop();
      await turn.giveUp();
    },
  };
}

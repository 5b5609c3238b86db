import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { createObservable, type Observable } from '#platform/live/observable.ts';
import {
  LARGEST_BATCH_BYTES,
  markAnswered,
  markFailed,
  type OutboxBatch,
  readOutboxBatch,
} from '#platform/outbox/outbox-store.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { backOffMs } from './back-off.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { Push, PushAnswer, PushedOperation, PushFailure } from './push.ts';
import type { Timers } from './timers.ts';
import { createWaker } from './waker.ts';

export type UploaderPorts = {
  readonly replica: Replica;
  readonly deviceId: DeviceId;
  readonly push: Push;
  readonly clock: CorrectedClock;
  /** For how long to wait: the corrected clock may be put right by a day meanwhile. */
  readonly deviceClock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
};

export type UploadStatus = {
  readonly isPushing: boolean;
  /** Why the last call brought nothing; null after one that did. */
  readonly failure: UploadFailure | null;
  /** Answered by the server since this uploader was made. */
  readonly answeredCount: number;
};

/** device_failed: the device could not read or write its own queue. */
export type UploadFailure = { readonly tag: PushFailure['tag'] | 'device_failed'; readonly problem: string };

export type Uploader = {
  readonly status: Observable<UploadStatus>;
  /** Sends until the signal says stop. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Tries now: there is network again, the app is looked at, somebody signed in. */
  wake(): void;
  /**
   * All operations up to this number are recorded: looks for those that it has not seen. A server that does not
   * answer is not asked more often for them.
   */
  notify(lastSequence: number): void;
  /** Gives up a call that may hang, and tries again. */
  restart(): void;
};

const LARGEST_BATCH = 200;
/**
 * However the network behaves, a call ends after this; twice as long for the largest. A call that hangs on a line that
 * has died holds the whole queue up, so few bytes must not wait as long as many may take.
 */
const CALL_TIME_OUT_MS = 10_000;
const MS_MORE_PER_BYTE = CALL_TIME_OUT_MS / LARGEST_BATCH_BYTES;
/** How often the queue is looked at when nobody says that there is something. */
const IDLE_MS = 15_000;
const REPEAT_ANSWERED_AFTER_MS = 60_000;
const REPEAT_KEPT_AFTER_MS = 3_600_000;
/**
 * How long one operation on which the server stumbled is passed over, so that it blocks no other: the first time, and at
 * most. Twice as long each time: of several, the first must not be back before the last of them is found.
 */
const SKIP_MS = 60_000;
const LONGEST_SKIP_MS = 3_600_000;
const STUMBLES_BEFORE_SKIP = 2;

/**
 * Sends the outbox in order, in batches, again and again until the verdict rows are down. Nothing is ever dropped:
 * rows leave the outbox by the trigger on `operations` alone.
 */
export function createUploader(ports: UploaderPorts): Uploader {
  const { replica, clock, deviceClock, timers, random } = ports;
  const status = createObservable<UploadStatus>({ isPushing: false, failure: null, answeredCount: 0 });
  const waker = createWaker(timers);
  const skipped = new Map<OperationId, { readonly untilMs: number; readonly forMs: number }>();
  let batchLimit = LARGEST_BATCH;
  let seenSequence = 0;
  let failureCount = 0;
  let stumbleCount = 0;
  let isBackingOff = false;
  let call: AbortController | null = null;

  const now = () => instantOfMs(clock.nowMs());

  const nextBatch = async () => {
    const nowMs = deviceClock.monotonicMs();
    const passedOver = [...skipped].flatMap(([id, { untilMs }]) => (nowMs < untilMs ? [id] : []));
    const before = {
      now: now(),
      answered: instantOfMs(clock.nowMs() - REPEAT_ANSWERED_AFTER_MS),
      kept: instantOfMs(clock.nowMs() - REPEAT_KEPT_AFTER_MS),
    };
    const batch = await readOutboxBatch(replica, before, passedOver, batchLimit);
    seenSequence = batch.lastSequence;
    return batch;
  };

  const sendOnce = async (batch: OutboxBatch, signal: AbortSignal) => {
    const { operations, queueLength, oldestUnsentAt, lastSequence } = batch;
    const oldestWaitingAt = queueLength === 0 ? null : oldestUnsentAt;
    const controller = new AbortController();
    call = controller;
    const stop = () => controller.abort(new Error('stopped'));
    signal.addEventListener('abort', stop);
    const byteCount = operations.reduce((sum, { envelope }) => sum + envelope.byteLength, 0);
    const cancelTimeOut = timers.after(CALL_TIME_OUT_MS + byteCount * MS_MORE_PER_BYTE, () =>
      controller.abort(new Error('no answer in time')),
    );
    try {
      return await Promise.race([
        ports.push(
          { deviceId: ports.deviceId, operations, queueLength, oldestWaitingAt, lastSequence },
          controller.signal,
        ),
        aborted(controller.signal),
      ]);
    } finally {
      cancelTimeOut();
      signal.removeEventListener('abort', stop);
      call = null;
    }
  };

  const accept = async (operations: readonly PushedOperation[], answers: readonly PushAnswer[]) => {
    const asked = new Set(operations.map(({ id }) => id));
    const fitting = answers.filter(({ id }) => asked.has(id));
    await markAnswered(replica, fitting, now());
    for (const { id } of fitting) skipped.delete(id);
    batchLimit = LARGEST_BATCH;
    stumbleCount = 0;
    if (fitting.length === 0)
      return err<UploadFailure>({ tag: 'server_failed', problem: 'it answered nothing' });
    status.set({ ...status.current(), answeredCount: status.current().answeredCount + fitting.length });
    return ok(fitting.length);
  };

  const skip = (id: OperationId) => {
    const before = skipped.get(id);
    const forMs = before === undefined ? SKIP_MS : Math.min(LONGEST_SKIP_MS, 2 * before.forMs);
    skipped.set(id, { untilMs: deviceClock.monotonicMs() + forMs, forMs });
  };

  /** Half the batch until the one is found that the server cannot digest; that one waits beside the others. */
  const isolate = async (operations: readonly PushedOperation[], failure: PushFailure) => {
    const isDigestible = failure.tag !== 'not_taken';
    const [head] = operations;
    if (operations.length > 1) {
      batchLimit = Math.max(1, Math.floor(operations.length / 2));
      // A smaller batch is another question: it is not put off as long as the same one would be.
      failureCount = 0;
    } else if (head !== undefined && (!isDigestible || ++stumbleCount >= STUMBLES_BEFORE_SKIP)) {
      skip(head.id);
      batchLimit = LARGEST_BATCH;
      stumbleCount = 0;
    }
    const ids = operations.map(({ id }) => id);
    await markFailed(replica, ids, failure.problem, now(), isDigestible || operations.length > 1);
  };

  const step = async (signal: AbortSignal): Promise<Result<'more_due' | 'nothing_due', UploadFailure>> => {
    try {
      const batch = await nextBatch();
      const { operations, isFull } = batch;
      if (operations.length === 0) return ok('nothing_due');
      status.set({ ...status.current(), isPushing: true });
      const pushed = await sendOnce(batch, signal);
      if (pushed.ok) {
        const accepted = await accept(operations, pushed.value);
        if (!accepted.ok) return accepted;
        return ok(isFull || accepted.value < operations.length ? 'more_due' : 'nothing_due');
      }
      if (pushed.error.tag === 'not_taken' || pushed.error.tag === 'server_failed') {
        await isolate(operations, pushed.error);
      }
      return pushed;
    } catch (error) {
      return err({ tag: 'device_failed', problem: error instanceof Error ? error.message : String(error) });
    }
  };

  return {
    status,
    async run(signal) {
      signal.addEventListener('abort', waker.wake);
      while (!signal.aborted) {
        const outcome = await step(signal);
        if (signal.aborted) break;
        status.set({ ...status.current(), isPushing: false, failure: outcome.ok ? null : outcome.error });
        failureCount = outcome.ok ? 0 : failureCount + 1;
        if (outcome.ok && outcome.value === 'more_due') continue;
        isBackingOff = !outcome.ok && outcome.error.tag !== 'not_taken';
        await waker.sleep(isBackingOff ? backOffMs(failureCount, random()) : outcome.ok ? IDLE_MS : 0);
        isBackingOff = false;
      }
      signal.removeEventListener('abort', waker.wake);
      status.set({ ...status.current(), isPushing: false });
    },
    wake: waker.wake,
    notify(lastSequence) {
      if (lastSequence > seenSequence && !isBackingOff) waker.wake();
    },
    restart() {
      call?.abort(new Error('restarted'));
      waker.wake();
    },
  };
}

function aborted(signal: AbortSignal): Promise<Result<never, PushFailure>> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      const { reason } = signal;
      resolve(err({ tag: 'unreachable', problem: reason instanceof Error ? reason.message : 'given up' }));
    });
  });
}

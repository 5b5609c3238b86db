import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { backOffMs } from '#platform/sync/back-off.ts';
import type { CorrectedClock } from '#platform/sync/corrected-clock.ts';
import type { Timers } from '#platform/sync/timers.ts';
import { createWaker } from '#platform/sync/waker.ts';
import {
  evictFiles,
  type LocalFile,
  MOST_KEPT_BYTES,
  markUpload,
  readNextUpload,
} from './attachment-queue-store.ts';
import type { AttachmentTransport } from './attachment-transport.ts';

export type AttachmentUploader = {
  /** Sends until the signal says stop. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Tries now: there is network again, somebody signed in. */
  wake(): void;
};

/** However the network behaves, a call ends after this; 400 KB on a bad line take a minute. */
const CALL_TIME_OUT_MS = 120_000;
/** How often the queue is looked at when nobody says that there is something. */
const IDLE_MS = 60_000;
const REPEAT_SYNCED_AFTER_MS = 60_000;
const REPEAT_NOT_TAKEN_AFTER_MS = 3_600_000;
/** How long one file on which the server stumbled is passed over, so that it blocks no other. */
const SKIP_MS = 60_000;

/**
 * Sends files one at a time, each after its operation has come down with its verdict, again and again until the row
 * says that the server has it. A loop of its own: the outbox never waits for it.
 */
export function createAttachmentUploader(ports: {
  readonly replica: Replica;
  readonly transport: Pick<AttachmentTransport, 'upload'>;
  readonly clock: CorrectedClock;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onProblem: (what: string, error: unknown) => void;
}): AttachmentUploader {
  const { replica, transport, clock, timers, random } = ports;
  const waker = createWaker(timers);
  const skippedUntilMs = new Map<AttachmentId, number>();
  const ago = (ms: number) => instantOfMs(clock.nowMs() - ms);

  const nextFile = () => {
    for (const [id, untilMs] of skippedUntilMs) if (clock.nowMs() >= untilMs) skippedUntilMs.delete(id);
    const before = { synced: ago(REPEAT_SYNCED_AFTER_MS), notTaken: ago(REPEAT_NOT_TAKEN_AFTER_MS) };
    return readNextUpload(replica, before, [...skippedUntilMs.keys()]);
  };

  const send = async (file: LocalFile, life: AbortSignal) => {
    const tooLong = new AbortController();
    const cancel = timers.after(CALL_TIME_OUT_MS, () => tooLong.abort(new Error('no answer in time')));
    try {
      return await transport.upload(file, AbortSignal.any([life, tooLong.signal]));
    } finally {
      cancel();
    }
  };

  /** Whether the server answered, so that the next file can go at once. */
  const step = async (signal: AbortSignal): Promise<'go_on' | 'nothing_due' | 'no_answer'> => {
    const file = await nextFile();
    if (file === null) return 'nothing_due';
    const sent = await send(file, signal);
    if (signal.aborted) return 'nothing_due';
    const at = ago(0);
    if (sent.ok) {
      await markUpload(replica, file.id, { state: 'synced', problem: null, at });
      await evictFiles(replica, MOST_KEPT_BYTES);
      return 'go_on';
    }
    const { tag, problem } = sent.error;
    const state = tag === 'not_taken' ? 'not_taken' : 'queued_upload';
    await markUpload(replica, file.id, { state, problem, at });
    if (tag === 'server_failed') skippedUntilMs.set(file.id, clock.nowMs() + SKIP_MS);
    return tag === 'not_taken' || tag === 'server_failed' ? 'go_on' : 'no_answer';
  };

  return {
    wake: waker.wake,
    async run(signal) {
      let isBackingOff = false;
      let failureCount = 0;
      const stopListening = new AbortController();
      // A row that came down may be the one that a file waits for. While nothing answers, news wake nobody.
      const onChange = () => {
        if (!isBackingOff) waker.wake();
      };
      const { signal: untilDone } = stopListening;
      replica.onChange({ onChange }, { tables: ['attachments'], signal: untilDone });
      signal.addEventListener('abort', waker.wake, { signal: untilDone });
      while (!signal.aborted) {
        const outcome = await step(signal).catch((error: unknown) => {
          if (!signal.aborted) ports.onProblem('send a photo', error);
          return 'no_answer' as const;
        });
        if (signal.aborted) break;
        failureCount = outcome === 'no_answer' ? failureCount + 1 : 0;
        if (outcome === 'go_on') continue;
        isBackingOff = outcome === 'no_answer';
        await waker.sleep(isBackingOff ? backOffMs(failureCount, random()) : IDLE_MS);
        isBackingOff = false;
      }
      stopListening.abort();
    },
  };
}

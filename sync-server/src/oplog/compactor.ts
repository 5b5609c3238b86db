import { setTimeout as wait } from 'node:timers/promises';
import { mergeSuperseded } from './merge-store.ts';
import type { Oplog } from './oplog.ts';
import type { Queryable } from './oplog-store.ts';

export type CompactorOptions = {
  /** Used by nobody else meanwhile. */
  readonly db: Queryable;
  readonly oplog: Oplog;
  /** Superseded operations that are gathered before it is worth it to look. */
  readonly every?: number;
  readonly onMerged: (rowCount: number) => void;
  readonly onFailure: (error: unknown) => void;
};

const defaultEvery = 1000;
const restAtMostMs = 1000;

/**
 * Merges superseded rows for as long as it runs: whenever enough has gathered, segment by segment, each in a transaction
 * of some milliseconds, and rests as long as each took. Reads and writes go on meanwhile. Returns how to end it.
 */
export function startCompactor(options: CompactorOptions): () => Promise<void> {
  let isStopped = false;
  let wake: () => void = () => undefined;
  let isWoken = true;
  const stopWatching = options.oplog.watchSuperseded(options.every ?? defaultEvery, () => {
    isWoken = true;
    wake();
  });
  const running = (async () => {
    while (!isStopped) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      isWoken = false;
      try {
        await compact(options, () => isStopped);
      } catch (error) {
        // With the next that gathers it is tried again; a connection that broke ends the session, and this with it.
        if (!isStopped) options.onFailure(error);
      }
    }
  })();
  return async () => {
    isStopped = true;
    stopWatching();
    wake();
    await running;
  };
}

/** Merges what there is to merge now. */
export async function compact(
  { db, oplog, onMerged }: Pick<CompactorOptions, 'db' | 'oplog' | 'onMerged'>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (const { bucket, ranges } of oplog.mergeable()) {
    for (const range of ranges) {
      if (isStopped() || oplog.head === null) return;
      const startedAt = performance.now();
      // Before the first row goes: whoever finds it gone must find this.
      const upTo = oplog.announceMerge(bucket);
      const mergedCount = await mergeSuperseded(db, { ...range, bucketId: bucket.id, upTo });
      bucket.noteMerged(range.to, mergedCount);
      onMerged(mergedCount);
      await wait(Math.min(performance.now() - startedAt, restAtMostMs));
    }
  }
}

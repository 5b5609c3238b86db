import { setTimeout as wait } from 'node:timers/promises';
import { mergeSuperseded } from './merge-store.ts';
import type { Oplog } from './oplog.ts';
import type { Queryable } from './oplog-store.ts';
import { bucketsToThin, thinSums } from './thin-store.ts';

export type CompactorOptions = {
  /** Used by nobody else meanwhile. */
  readonly db: Queryable;
  readonly oplog: Oplog;
  /** Superseded operations that are gathered before it is worth it to look. */
  readonly every?: number;
  /** For how long the sums of single operations are kept, in milliseconds. */
  readonly keepMs?: number;
  readonly onMerged: (rowCount: number) => void;
  readonly onFailure: (error: unknown) => void;
};

const defaultEvery = 1000;
const restAtMostMs = 1000;
const dayMs = 86_400_000;
/** Whoever comes back within this is sent what changed; later, each bucket that changed as a whole. */
const defaultKeepMs = 30 * dayMs;

/**
 * Merges superseded rows for as long as it runs: whenever enough has gathered, segment by segment, each in a transaction
 * of some milliseconds, and rests as long as each took; once a day it makes old sums few. Reads and writes go on
 * meanwhile. Returns how to end it.
 */
export function startCompactor(options: CompactorOptions): () => Promise<void> {
  let isStopped = false;
  let wake: () => void = () => undefined;
  let isWoken = true;
  const stopWatching = options.oplog.watchSuperseded(options.every ?? defaultEvery, () => {
    isWoken = true;
    wake();
  });
  let thinnedAt = -Infinity;
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
        if (performance.now() - thinnedAt < dayMs) continue;
        await thin(options, () => isStopped);
        thinnedAt = performance.now();
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

/** Makes old sums few, of which there would otherwise be more for ever. */
export async function thin(
  { db, oplog, keepMs = defaultKeepMs }: Pick<CompactorOptions, 'db' | 'oplog' | 'keepMs'>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const old = await bucketsToThin(db, keepMs);
  for (const bucket of oplog.buckets) {
    if (isStopped()) return;
    if (old.has(bucket.id)) await thinSums(db, bucket, keepMs);
  }
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

import { BucketLog, type Mergeable, type NextRange } from './bucket-log.ts';
import { Departures } from './departures.ts';
import { ListenersByName } from './listeners-by-name.ts';
import { Lookups } from './lookups/lookups.ts';
import type { OpRange } from './operation-log.ts';
import { type SegmentLimits, segmentLimits } from './segments.ts';

/** What one connection waits for. */
export type OplogListener = {
  /** Something changed in a bucket that this listener named. */
  bucketChanged(): void;
};

/** What the database has of a range; `isMerged` when rows of it are gone, of which nothing tells what superseded them. */
export type StoredRange = LoadedRange & { readonly isMerged?: boolean };

/**
 * `isCut`: it begins where only older sums are known together, so it cannot be told what is missing there; who stands there
 * must begin the bucket anew.
 */
export type LoadedRange = OpRange & { readonly isCut?: boolean };

export type OpReader = (bucketId: number, from: number, to: number) => Promise<StoredRange>;

/**
 * The operations as they may be served: what is committed, and only up to whole transactions. The writer publishes
 * into it; connections read from it, each at the checkpoint at which it began.
 */
export class Oplog {
  #deployment: string | null = null;
  #head: number | null = null;
  #buckets = new Map<string, BucketLog>();
  readonly #listeners = new ListenersByName<OplogListener>();
  #tailBytes = 0;
  #generation = 0;
  #readRange: OpReader = () => Promise.reject(new Error('the oplog is not open yet'));
  readonly #tailLimit: number;
  readonly #segmentLimits: SegmentLimits;
  /** By bucket: no row was merged that a later operation superseded. A checkpoint before that may lack rows. */
  #mergedBy = new Map<number, number>();
  #supersededSince = 0;
  #onSuperseded: (() => void) | null = null;
  /** Of the tables whose rows stand for those who may read. */
  readonly departures = new Departures(['users', 'devices']);
  readonly lookups = new Lookups();

  constructor(tailLimit: number = 64 * 1024 * 1024, limits: SegmentLimits = segmentLimits) {
    this.#tailLimit = tailLimit;
    this.#segmentLimits = limits;
  }

  /** The newest operation that may be served; null before the first copy is whole. */
  get head(): number | null {
    return this.#head;
  }

  get deployment(): string | null {
    return this.#deployment;
  }

  /** Grows when the memory was filled anew; ranges cached before are of no use then. */
  get generation(): number {
    return this.#generation;
  }

  bucket(name: string): BucketLog | null {
    return this.#buckets.get(name) ?? null;
  }

  get bucketCount(): number {
    return this.#buckets.size;
  }

  get buckets(): Iterable<BucketLog> {
    return this.#buckets.values();
  }

  /** One that is not in here until it is published. */
  newBucket(id: number, name: string): BucketLog {
    return new BucketLog(id, name, this.#segmentLimits);
  }

  /** Rows of the database, and how many of them are superseded and wait to be merged. */
  get rowCounts(): { readonly all: number; readonly superseded: number } {
    let [all, superseded] = [0, 0];
    for (const bucket of this.#buckets.values()) {
      const counts = bucket.rowCounts;
      all += counts.all;
      superseded += counts.superseded;
    }
    return { all, superseded };
  }

  /** Buckets with what may be merged of them; much that is superseded and still in memory goes to the segments first. */
  *mergeable(): Iterable<{ readonly bucket: BucketLog; readonly ranges: readonly Mergeable[] }> {
    for (const bucket of this.#buckets.values()) {
      this.#tailBytes -= bucket.sealSuperseded();
      const ranges = bucket.mergeable();
      if (ranges.length > 0) yield { bucket, ranges };
    }
  }

  /**
   * Rows of this bucket are about to be merged that what is published until now superseded; returns the newest that can
   * have. It is an operation of this very bucket, so every reader of the bucket is told of a checkpoint that has it.
   */
  announceMerge(bucket: BucketLog): number {
    this.#mergedBy.set(bucket.id, bucket.lastOpId);
    return bucket.lastOpId;
  }

  /** Calls whenever `every` more operations were superseded. */
  watchSuperseded(every: number, onSuperseded: () => void): () => void {
    this.#onSuperseded = () => {
      if (this.#supersededSince < every) return;
      this.#supersededSince = 0;
      onSuperseded();
    };
    return () => {
      this.#onSuperseded = null;
    };
  }

  /** Fills the memory from the database. `head` is null while what the database holds is not whole. */
  open(deployment: string, buckets: Iterable<BucketLog>, head: number | null, readRange: OpReader): void {
    if (deployment !== this.#deployment) this.#mergedBy = new Map();
    this.#deployment = deployment;
    this.#buckets = new Map([...buckets].map((bucket) => [bucket.name, bucket]));
    this.#head = head;
    this.#readRange = readRange;
    this.#tailBytes = 0;
    this.#generation += 1;
    this.lookups.publish(null);
    for (const listener of this.#listeners.all()) listener.bucketChanged();
  }

  /** Makes committed operations visible, and wakes whoever holds one of their buckets. */
  publish(
    forks: Iterable<BucketLog>,
    superseded: Iterable<{ readonly bucket: string; readonly opId: number; readonly count: number }>,
    head: number,
  ): void {
    const changed: string[] = [];
    for (const fork of forks) {
      const supersededInFork = fork.rowCounts.superseded;
      const log = this.#buckets.get(fork.name) ?? fork;
      if (log === fork) {
        this.#buckets.set(fork.name, fork);
        this.#tailBytes += fork.tailBytes;
      } else {
        const before = log.tailBytes;
        log.absorb(fork);
        this.#tailBytes += log.tailBytes - before;
      }
      this.#supersededSince += supersededInFork;
      changed.push(fork.name);
    }
    for (const { bucket, opId, count } of superseded) {
      this.#buckets.get(bucket)?.noteSuperseded(opId, count);
      this.#supersededSince += count;
    }
    const woken = this.#head === null ? this.#listeners.all() : this.#listeners.of(changed);
    this.#head = head;
    if (this.#tailBytes > this.#tailLimit) this.#forgetTails();
    for (const listener of woken) listener.bucketChanged();
    this.#onSuperseded?.();
  }

  /** Reads a range's operations from wherever they are. */
  async load(bucket: BucketLog, range: NextRange): Promise<LoadedRange> {
    if (range.ops !== null) return { ops: range.ops, dropped: null };
    const stored = await this.#readRange(bucket.id, range.from, range.to);
    const { ops, dropped, isMerged = false } = stored;
    if (dropped === null || !isMerged) return stored;
    const supersededBy = Math.max(dropped.supersededBy, this.#mergedBy.get(bucket.id) ?? 0);
    return { ops, dropped: { ...dropped, supersededBy } };
  }

  listen(listener: OplogListener, buckets: readonly string[]): () => void {
    return this.#listeners.add(buckets, listener);
  }

  #forgetTails(): void {
    for (const bucket of this.#buckets.values()) bucket.seal();
    this.#tailBytes = 0;
  }
}

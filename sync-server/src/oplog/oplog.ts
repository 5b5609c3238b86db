import type { BucketLog, NextRange } from './bucket-log.ts';
import { Departures } from './departures.ts';
import type { OpRange } from './operation-log.ts';

/** What one connection waits for. */
export type OplogListener = {
  /** Something changed in a bucket that this listener named. */
  bucketChanged(): void;
};

export type OpReader = (bucketId: number, from: number, to: number) => Promise<OpRange>;

/**
 * The operations as they may be served: what is committed, and only up to whole transactions. The writer publishes
 * into it; connections read from it, each at the checkpoint at which it began.
 */
export class Oplog {
  #deployment: string | null = null;
  #head: number | null = null;
  #buckets = new Map<string, BucketLog>();
  #listeners = new Map<string, Set<OplogListener>>();
  #tailBytes = 0;
  #generation = 0;
  #readRange: OpReader = () => Promise.reject(new Error('the oplog is not open yet'));
  readonly #tailLimit: number;
  /** Of the tables whose rows stand for those who may read. */
  readonly departures = new Departures(['users', 'devices']);

  constructor(tailLimit: number = 64 * 1024 * 1024) {
    this.#tailLimit = tailLimit;
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

  /** Fills the memory from the database. `head` is null while what the database holds is not whole. */
  open(deployment: string, buckets: Iterable<BucketLog>, head: number | null, readRange: OpReader): void {
    this.#deployment = deployment;
    this.#buckets = new Map([...buckets].map((bucket) => [bucket.name, bucket]));
    this.#head = head;
    this.#readRange = readRange;
    this.#tailBytes = 0;
    this.#generation += 1;
    for (const listeners of this.#listeners.values())
      for (const listener of listeners) listener.bucketChanged();
  }

  /** Makes committed operations visible, and wakes whoever holds one of their buckets. */
  publish(
    forks: Iterable<BucketLog>,
    superseded: Iterable<{ readonly bucket: string; readonly opId: number }>,
    head: number,
  ): void {
    const woken = new Set<OplogListener>();
    for (const fork of forks) {
      const log = this.#buckets.get(fork.name) ?? fork;
      if (log === fork) {
        this.#buckets.set(fork.name, fork);
        this.#tailBytes += fork.tailBytes;
      } else {
        const before = log.tailBytes;
        log.absorb(fork);
        this.#tailBytes += log.tailBytes - before;
      }
      for (const listener of this.#listeners.get(fork.name) ?? []) woken.add(listener);
    }
    for (const { bucket, opId } of superseded) this.#buckets.get(bucket)?.noteSuperseded(opId);
    const isFirst = this.#head === null;
    this.#head = head;
    if (this.#tailBytes > this.#tailLimit) this.#forgetTails();
    if (isFirst) {
      for (const listeners of this.#listeners.values()) for (const one of listeners) woken.add(one);
    }
    for (const listener of woken) listener.bucketChanged();
  }

  /** Reads a range's operations from wherever they are. */
  async load(bucket: BucketLog, range: NextRange): Promise<OpRange> {
    if (range.ops !== null) return { ops: range.ops, dropped: null };
    return this.#readRange(bucket.id, range.from, range.to);
  }

  listen(listener: OplogListener, buckets: readonly string[]): () => void {
    for (const name of buckets) {
      const listeners = this.#listeners.get(name) ?? new Set();
      listeners.add(listener);
      this.#listeners.set(name, listeners);
    }
    return () => {
      for (const name of buckets) {
        const listeners = this.#listeners.get(name);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(name);
      }
    };
  }

  #forgetTails(): void {
    for (const bucket of this.#buckets.values()) bucket.seal();
    this.#tailBytes = 0;
  }
}

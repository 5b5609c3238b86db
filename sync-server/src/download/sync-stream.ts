import type { Grant, GrantedBucket } from '#config/resolve-buckets.ts';
import type { Oplog } from '#oplog/oplog.ts';
import type { ChunkCache } from './chunk-cache.ts';
import type { LineSink } from './line-sink.ts';

export type SyncStreamOptions = {
  readonly oplog: Oplog;
  readonly chunks: ChunkCache;
  readonly sink: LineSink;
  readonly grant: Grant;
  /** What the client subscribed to by name; those that do not exist are simply not listed. */
  readonly positions: ReadonlyMap<string, number>;
  /** The client's newest write checkpoint that the served data contains; null while there is none. */
  readonly writeCheckpoint: () => string | null;
};

type SentBucket = { checksum: number; opCount: number };

/**
 * What one connection gets: checkpoint after checkpoint, the newest there is, each followed by its data in order of
 * priority. Changes that come while data is being sent are noted in one place, not queued.
 */
export class SyncStream {
  readonly #options: SyncStreamOptions;
  readonly #deployment: string | null;
  readonly #buckets: readonly GrantedBucket[];
  readonly #positions = new Map<string, number>();
  #sent: Map<string, SentBucket> | null = null;
  #sentWriteCheckpoint: string | null = null;
  #isIncomplete = false;
  /** Rows that were sent lack what was superseded up to here: no earlier checkpoint may be called complete. */
  #wholeFrom = 0;
  #changes = 0;
  #wake: (() => void) | null = null;
  #isEnding = false;

  constructor(options: SyncStreamOptions) {
    this.#options = options;
    this.#deployment = options.oplog.deployment;
    this.#buckets = options.grant.buckets.toSorted((a, b) => a.priority - b.priority);
    for (const { name } of this.#buckets) this.#positions.set(name, options.positions.get(name) ?? 0);
  }

  /** Something may have changed for this connection. */
  notify(): void {
    this.#changes += 1;
    this.#wake?.();
  }

  /** Ends after the line that is being sent. */
  end(): void {
    this.#isEnding = true;
    this.#wake?.();
  }

  async run(): Promise<void> {
    const { sink } = this.#options;
    let seen = -1;
    while (!this.#isOver) {
      if (seen === this.#changes) {
        await this.#sleep();
        continue;
      }
      seen = this.#changes;
      const { head, deployment } = this.#options.oplog;
      // Names of buckets mean nothing to another deployment; the client comes again and gets new ones.
      if (deployment !== this.#deployment) break;
      if (head === null) continue;
      const line = this.#checkpointLine(head);
      if (line !== null) await this.#send(head, line);
    }
    sink.end();
  }

  /**
   * Waits until clients may have the operation that superseded a row of the next line. Sent earlier, the line would
   * leave a client that breaks off and returns without the row at a checkpoint where it should have it.
   */
  async #untilServed(opId: number): Promise<void> {
    const { oplog } = this.#options;
    while (!this.#isOver && oplog.deployment === this.#deployment && (oplog.head ?? 0) < opId)
      await this.#sleep();
  }

  async #sleep(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = null;
  }

  get #isOver(): boolean {
    return this.#isEnding || this.#options.sink.isClosed;
  }

  /** The line that brings the client's picture up to date; null when it is already. */
  #checkpointLine(head: number): Readonly<Record<string, unknown>> | null {
    const before = this.#sent;
    const writeCheckpoint = this.#options.writeCheckpoint();
    const now = new Map<string, SentBucket>();
    const updated: GrantedBucket[] = [];
    for (const bucket of this.#buckets) {
      const log = this.#options.oplog.bucket(bucket.name);
      const state = { checksum: log?.checksum ?? 0, opCount: log?.opCount ?? 0 };
      now.set(bucket.name, state);
      const old = before?.get(bucket.name);
      if (old === undefined || old.checksum !== state.checksum || old.opCount !== state.opCount)
        updated.push(bucket);
    }
    const isUnchanged = updated.length === 0 && writeCheckpoint === this.#sentWriteCheckpoint;
    if (before !== null && isUnchanged && !this.#isIncomplete) return null;
    this.#sent = now;
    this.#sentWriteCheckpoint = writeCheckpoint;
    const entries = updated.map((bucket) => ({
      bucket: bucket.name,
      checksum: now.get(bucket.name)?.checksum ?? 0,
      count: now.get(bucket.name)?.opCount ?? 0,
      priority: bucket.priority,
      subscriptions: bucket.reasons,
    }));
    const common = {
      last_op_id: String(head),
      ...(writeCheckpoint === null ? {} : { write_checkpoint: writeCheckpoint }),
    };
    if (before !== null)
      return { checkpoint_diff: { ...common, updated_buckets: entries, removed_buckets: [] } };
    const streams = this.#options.grant.streams.map((stream) => ({
      name: stream.name,
      is_default: stream.isDefault,
      errors: [],
    }));
    return { checkpoint: { ...common, buckets: entries, streams } };
  }

  /** Sends a checkpoint's line and data, and says it is complete unless rows of it are gone already. */
  async #send(head: number, line: Readonly<Record<string, unknown>>): Promise<void> {
    const { sink } = this.#options;
    this.#isIncomplete = true;
    // Held back, so that a small change leaves as one packet.
    let held = [line];
    const priorities = [...new Set(this.#buckets.map((bucket) => bucket.priority))];
    for (const [index, priority] of priorities.entries()) {
      for (const bucket of this.#buckets) {
        if (bucket.priority !== priority) continue;
        const outcome = await this.#sendBucket(bucket, head, held);
        held = outcome.held;
        if (this.#isOver || outcome.isInterrupted) return;
      }
      const isLast = index === priorities.length - 1;
      if (this.#wholeFrom <= head && !isLast && held.length === 0)
        held = [{ partial_checkpoint_complete: { last_op_id: String(head), priority } }];
    }
    // Otherwise the operation that superseded a row is being published, and its checkpoint follows.
    if (this.#wholeFrom <= head) {
      held = [...held, { checkpoint_complete: { last_op_id: String(head) } }];
      this.#isIncomplete = false;
    }
    if (held.length > 0) await sink.lines(held);
  }

  async #sendBucket(
    bucket: GrantedBucket,
    head: number,
    held: readonly Readonly<Record<string, unknown>>[],
  ): Promise<{
    held: Readonly<Record<string, unknown>>[];
    isInterrupted: boolean;
  }> {
    const { oplog, chunks, sink } = this.#options;
    const log = oplog.bucket(bucket.name);
    let waiting = [...held];
    if (log === null) return { held: waiting, isInterrupted: false };
    let range = log.next(this.#positions.get(bucket.name) ?? 0, head);
    while (range !== null) {
      const reading = chunks.read(log, range, sink.framing, sink.coding);
      const following = log.next(range.to, head);
      const chunk = await reading;
      await this.#untilServed(chunk.supersededBy);
      if (this.#isOver) break;
      // Being made while this one is on its way.
      if (following !== null) chunks.read(log, following, sink.framing, sink.coding).catch(() => undefined);
      if (waiting.length > 0) await sink.lines(waiting);
      waiting = [];
      await sink.part(chunk);
      this.#positions.set(bucket.name, range.to);
      this.#wholeFrom = Math.max(this.#wholeFrom, chunk.supersededBy);
      if (this.#isOver) break;
      if (following !== null && this.#isUrgent(bucket.priority)) return { held: [], isInterrupted: true };
      range = following;
    }
    this.#positions.set(bucket.name, Math.max(head, this.#positions.get(bucket.name) ?? 0));
    return { held: waiting, isInterrupted: false };
  }

  /** Something more urgent than what is being sent has changed since the checkpoint. */
  #isUrgent(priority: number): boolean {
    return this.#buckets.some((bucket) => {
      if (bucket.priority >= priority) return false;
      const log = this.#options.oplog.bucket(bucket.name);
      return log !== null && log.opCount !== (this.#sent?.get(bucket.name)?.opCount ?? 0);
    });
  }
}

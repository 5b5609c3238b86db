import type { GrantedBucket } from '#config/resolve-buckets.ts';
import type { Oplog } from '#oplog/oplog.ts';
import { CheckpointLines } from './checkpoint-lines.ts';
import type { ChunkCache } from './chunk-cache.ts';
import type { LineSink } from './line-sink.ts';
import type { LiveGrant } from './live-grant.ts';

export type SyncStreamOptions = {
  readonly oplog: Oplog;
  /** Whose buckets the grant names. */
  readonly deployment: string | null;
  readonly chunks: ChunkCache;
  readonly sink: LineSink;
  /** Which buckets the client has a right to, resolved at least once. */
  readonly grant: Pick<LiveGrant, 'current' | 'isStale' | 'refresh'>;
  /** The client's newest write checkpoint that the served data contains; null while there is none. */
  readonly writeCheckpoint: () => string | null;
};

/**
 * What one connection gets: checkpoint after checkpoint, the newest there is, each followed by its data in order of
 * priority. Changes that come while data is being sent are noted in one place, not queued.
 */
export class SyncStream {
  readonly #options: SyncStreamOptions;
  readonly #deployment: string | null;
  readonly #lines: CheckpointLines;
  #buckets: readonly GrantedBucket[] = [];
  #positions: Map<string, number>;
  #isIncomplete = false;
  /** Rows that were sent lack what was superseded up to here: no earlier checkpoint may be called complete. */
  #wholeFrom = 0;
  #changes = 0;
  #wake: (() => void) | null = null;
  #isEnding = false;

  /** `positions`: by bucket, what the client has; also of buckets that it has no right to any more. */
  constructor(options: SyncStreamOptions, positions: ReadonlyMap<string, number>) {
    this.#options = options;
    this.#deployment = options.deployment;
    this.#lines = new CheckpointLines(options.oplog, positions);
    this.#positions = new Map(positions);
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
    const { sink, grant, oplog, writeCheckpoint } = this.#options;
    let stopListening = this.#takeGrant();
    let seen = -1;
    while (!this.#isOver) {
      if (seen === this.#changes) {
        await this.#sleep();
        continue;
      }
      seen = this.#changes;
      const { head, deployment } = oplog;
      // Names of buckets mean nothing to another deployment; the client comes again and gets new ones.
      if (deployment !== this.#deployment) break;
      if (head === null) continue;
      if (grant.isStale) {
        const problem = await grant.refresh();
        if (problem !== null) {
          const { code, message: description } = problem;
          await sink.line({ error: { code, description } });
          break;
        }
        stopListening();
        stopListening = this.#takeGrant();
        // The head may be another one by now; what was resolved holds for it as long as it is not stale.
        seen = -1;
        continue;
      }
      const line = this.#lines.next(head, grant.current, writeCheckpoint(), this.#isIncomplete);
      if (line === null) continue;
      // The client drops every bucket that its first checkpoint does not name.
      this.#positions = new Map(this.#buckets.map(({ name }) => [name, this.#positions.get(name) ?? 0]));
      await this.#send(head, line);
    }
    stopListening();
    sink.end();
  }

  /** Goes on with the buckets of the grant as it is now, and hears of changes in these. */
  #takeGrant(): () => void {
    const { oplog, grant } = this.#options;
    this.#buckets = grant.current.buckets.toSorted((a, b) => a.priority - b.priority);
    const names = this.#buckets.map((bucket) => bucket.name);
    return oplog.listen({ bucketChanged: () => this.notify() }, names);
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
    const { oplog, chunks, sink, grant } = this.#options;
    const log = oplog.bucket(bucket.name);
    let waiting = [...held];
    if (log === null) return { held: waiting, isInterrupted: false };
    let range = log.next(this.#positions.get(bucket.name) ?? 0, head);
    while (range !== null) {
      const reading = chunks.read(log, range, sink.framing, sink.coding);
      const following = log.next(range.to, head);
      const chunk = await reading;
      if (chunk.isCut) {
        await sink.lines([...waiting, forgetBucket(bucket.name)]);
        this.#positions.set(bucket.name, 0);
        this.#lines.startOver(bucket.name);
        this.notify();
        return { held: [], isInterrupted: true };
      }
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
      // No more of a bucket than what is on its way, where the right to it may have ended.
      if (grant.isStale) return { held: [], isInterrupted: true };
      if (following !== null && this.#isUrgent(bucket.priority)) return { held: [], isInterrupted: true };
      range = following;
    }
    this.#positions.set(bucket.name, Math.max(head, this.#positions.get(bucket.name) ?? 0));
    return { held: waiting, isInterrupted: false };
  }

  /** Something more urgent than what is being sent has changed since the checkpoint. */
  #isUrgent(priority: number): boolean {
    return this.#buckets.some((bucket) => bucket.priority < priority && this.#lines.hasChanged(bucket.name));
  }
}

/** Number and sum are such that a client that breaks off behind it begins the bucket at its beginning. */
function forgetBucket(bucket: string): Readonly<Record<string, unknown>> {
  const data = [{ op_id: '0', op: 'CLEAR', checksum: 0 }];
  return { data: { bucket, data, has_more: true, after: '0', next_after: '0' } };
}

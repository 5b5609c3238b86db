import type { Grant, GrantedBucket } from '#config/resolve-buckets.ts';
import type { Oplog } from '#oplog/oplog.ts';

type SentBucket = {
  readonly checksum: number;
  readonly opCount: number;
  /** What the client is told as its `count`. */
  readonly told: number;
  readonly granted: GrantedBucket;
};

type Line = Readonly<Record<string, unknown>>;

/**
 * Makes the lines that tell one client what there is: the first in full, then what differs from the last one.
 *
 * Of a bucket's `count` the SDK makes progress only: it shows what it has received since its last whole checkpoint, of
 * what the count has grown since then. So a count is what the client was told before and what it is sent besides.
 */
export class CheckpointLines {
  readonly #oplog: Oplog;
  /** By bucket, what the client had when it came; of no use after the first line. */
  #positions: ReadonlyMap<string, number>;
  #sent: ReadonlyMap<string, SentBucket> | null = null;
  #sentWriteCheckpoint: string | null = null;

  constructor(oplog: Oplog, positions: ReadonlyMap<string, number>) {
    this.#oplog = oplog;
    this.#positions = positions;
  }

  /** The line that brings the client's picture up to date; null when it is already, unless one is to be `repeated`. */
  next(head: number, grant: Grant, writeCheckpoint: string | null, repeated: boolean): Line | null {
    const before = this.#sent;
    const isCountedAnew = before === null && this.#isCountedAnew(grant.buckets);
    const now = new Map(
      grant.buckets.map((granted) => [granted.name, this.#stateOf(granted, isCountedAnew)]),
    );
    const updated = [...now.values()].filter((state) => !isSame(before?.get(state.granted.name), state));
    const removed = [...(before?.keys() ?? [])].filter((name) => !now.has(name));
    const isUnchanged =
      updated.length + removed.length === 0 && writeCheckpoint === this.#sentWriteCheckpoint;
    if (before !== null && isUnchanged && !repeated) return null;
    this.#sent = now;
    this.#positions = nowhere;
    this.#sentWriteCheckpoint = writeCheckpoint;
    const entries = updated.map(({ granted, checksum, told }) => ({
      bucket: granted.name,
      checksum,
      count: told,
      priority: granted.priority,
      subscriptions: granted.reasons,
    }));
    const common = {
      last_op_id: String(head),
      ...(writeCheckpoint === null ? {} : { write_checkpoint: writeCheckpoint }),
    };
    if (before !== null)
      return { checkpoint_diff: { ...common, updated_buckets: entries, removed_buckets: removed } };
    const streams = grant.streams.map(({ name, isDefault, errors }) => ({
      name,
      is_default: isDefault,
      errors,
    }));
    return { checkpoint: { ...common, buckets: entries, streams } };
  }

  /** The client has forgotten the bucket: the next line counts it from nothing. */
  startOver(name: string): void {
    this.#sent = new Map([...(this.#sent ?? [])].filter(([sent]) => sent !== name));
  }

  /** The bucket has got operations since the last line. */
  hasChanged(name: string): boolean {
    const log = this.#oplog.bucket(name);
    return log !== null && log.opCount !== (this.#sent?.get(name)?.opCount ?? 0);
  }

  #stateOf(granted: GrantedBucket, isCountedAnew: boolean): SentBucket {
    const log = this.#oplog.bucket(granted.name);
    if (log === null) return { checksum: 0, opCount: 0, told: 0, granted };
    const { checksum, opCount } = log;
    const before = this.#sent?.get(granted.name);
    if (before !== undefined)
      return { checksum, opCount, told: before.told + opCount - before.opCount, granted };
    const position = this.#positions.get(granted.name) ?? 0;
    const told = position === 0 || isCountedAnew ? log.countAfter(position) : opCount;
    return { checksum, opCount, told, granted };
  }

  /**
   * A client that comes back counts from what it was told when it was here, which nobody here knows; but where any count
   * is less than what it has, it counts all from nothing. It does for sure where it misses nothing of what it has some
   * of. Otherwise it is told the number of all operations ever, which is too many rather than too few.
   */
  #isCountedAnew(buckets: readonly GrantedBucket[]): boolean {
    return buckets.some(({ name }) => {
      const position = this.#positions.get(name) ?? 0;
      const log = this.#oplog.bucket(name);
      return position > 0 && log !== null && log.lastOpId <= position;
    });
  }
}

const nowhere: ReadonlyMap<string, number> = new Map();

function isSame(a: SentBucket | undefined, b: SentBucket): boolean {
  return (
    a !== undefined &&
    a.checksum === b.checksum &&
    a.opCount === b.opCount &&
    isSameGrant(a.granted, b.granted)
  );
}

function isSameGrant(a: GrantedBucket, b: GrantedBucket): boolean {
  return a === b || (a.priority === b.priority && JSON.stringify(a.reasons) === JSON.stringify(b.reasons));
}

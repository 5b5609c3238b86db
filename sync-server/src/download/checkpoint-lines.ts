import type { Grant, GrantedBucket } from '#config/resolve-buckets.ts';
import type { Oplog } from '#oplog/oplog.ts';

type SentBucket = { readonly checksum: number; readonly opCount: number; readonly granted: GrantedBucket };

type Line = Readonly<Record<string, unknown>>;

/** Makes the lines that tell one client what there is: the first in full, then what differs from the last one. */
export class CheckpointLines {
  readonly #oplog: Oplog;
  #sent: ReadonlyMap<string, SentBucket> | null = null;
  #sentWriteCheckpoint: string | null = null;

  constructor(oplog: Oplog) {
    this.#oplog = oplog;
  }

  /** The line that brings the client's picture up to date; null when it is already, unless one is to be `repeated`. */
  next(head: number, grant: Grant, writeCheckpoint: string | null, repeated: boolean): Line | null {
    const before = this.#sent;
    const now = new Map(grant.buckets.map((granted) => [granted.name, this.#stateOf(granted)]));
    const updated = [...now.values()].filter((state) => !isSame(before?.get(state.granted.name), state));
    const removed = [...(before?.keys() ?? [])].filter((name) => !now.has(name));
    const isUnchanged =
      updated.length + removed.length === 0 && writeCheckpoint === this.#sentWriteCheckpoint;
    if (before !== null && isUnchanged && !repeated) return null;
    this.#sent = now;
    this.#sentWriteCheckpoint = writeCheckpoint;
    const entries = updated.map(({ granted, checksum, opCount }) => ({
      bucket: granted.name,
      checksum,
      count: opCount,
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

  /** The bucket has got operations since the last line. */
  hasChanged(name: string): boolean {
    const log = this.#oplog.bucket(name);
    return log !== null && log.opCount !== (this.#sent?.get(name)?.opCount ?? 0);
  }

  #stateOf(granted: GrantedBucket): SentBucket {
    const log = this.#oplog.bucket(granted.name);
    return { checksum: log?.checksum ?? 0, opCount: log?.opCount ?? 0, granted };
  }
}

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

import { indexAfter } from './index-after.ts';
import { addChecksums, type LoggedOp } from './operation-log.ts';
import { type SegmentLimits, Segments, type StoredSegment, segmentLimits, shareLeft } from './segments.ts';

/** Where to read on: the range, and its operations where they are still in memory. */
export type NextRange = {
  readonly from: number;
  readonly to: number;
  readonly version: number;
  readonly ops: readonly LoggedOp[] | null;
};

/** Rows of a bucket that the database may merge: superseded ones after `from`, up to and with `to`. */
export type Mergeable = { readonly from: number; readonly to: number; readonly supersededCount: number };

/**
 * A bucket as memory knows it: totals, where its segments begin and end, and the newest operations themselves.
 * Operations never change once appended, so a range means the same to every reader at any time.
 */
export class BucketLog {
  readonly id: number;
  readonly name: string;
  checksum = 0;
  opCount = 0;
  lastOpId = 0;
  readonly #limits: SegmentLimits;
  readonly #segments: Segments;
  #tail: LoggedOp[] = [];
  #tailBytes = 0;
  #tailSuperseded = 0;

  constructor(id: number, name: string, limits: SegmentLimits = segmentLimits) {
    this.id = id;
    this.name = name;
    this.#limits = limits;
    this.#segments = new Segments(limits);
  }

  /** Takes over what the database holds already. */
  restore(
    totals: { readonly checksum: number; readonly opCount: number; readonly lastOpId: number },
    segments: readonly StoredSegment[],
  ): void {
    this.checksum = totals.checksum;
    this.opCount = totals.opCount;
    this.lastOpId = totals.lastOpId;
    for (const segment of segments) this.#segments.add(segment);
  }

  /** An empty log that counts on from this one, for operations that are not committed yet. */
  fork(): BucketLog {
    const fork = new BucketLog(this.id, this.name, this.#limits);
    fork.checksum = this.checksum;
    fork.opCount = this.opCount;
    fork.lastOpId = this.lastOpId;
    return fork;
  }

  /** Takes over what a fork was given, now that it is committed. */
  absorb(fork: BucketLog): void {
    const { all } = fork.#segments;
    if (all.length > 0) this.seal();
    for (const segment of all) this.#segments.add(segment);
    // Which of them are superseded only their number tells, so they stay in one segment.
    const opCount = this.#tail.length + fork.#tail.length;
    if (opCount >= this.#limits.ops || this.#tailBytes + fork.#tailBytes >= this.#limits.bytes) this.seal();
    for (const op of fork.#tail) this.append(op);
    this.#tailSuperseded += fork.#tailSuperseded;
    this.checksum = fork.checksum;
    this.opCount = fork.opCount;
    this.lastOpId = fork.lastOpId;
  }

  append(op: LoggedOp): void {
    this.checksum = addChecksums(this.checksum, op.checksum);
    this.opCount += 1;
    this.lastOpId = op.opId;
    this.#tail.push(op);
    this.#tailBytes += (op.data?.length ?? 0) + 64;
    if (this.#tail.length >= this.#limits.ops || this.#tailBytes >= this.#limits.bytes) this.seal();
  }

  /** Forgets the content in memory; it is read from the database when somebody asks. Returns the bytes set free. */
  seal(): number {
    const last = this.#tail.at(-1);
    if (last === undefined) return 0;
    const freed = this.#tailBytes;
    const opCount = this.#tail.length;
    const supersededCount = Math.min(this.#tailSuperseded, opCount - 1);
    const bytes = freed * shareLeft(opCount, supersededCount);
    this.#segments.add({ to: last.opId, opCount, bytes, supersededCount, isMerged: false });
    this.#tail = [];
    this.#tailBytes = 0;
    this.#tailSuperseded = 0;
    return freed;
  }

  get tailBytes(): number {
    return this.#tailBytes;
  }

  /** Rows that the database has of this bucket, and how many of them are superseded. */
  get rowCounts(): { readonly all: number; readonly superseded: number } {
    let [all, superseded] = [this.#tail.length, this.#tailSuperseded];
    for (const segment of this.#segments.all) {
      all += segment.opCount;
      superseded += segment.supersededCount;
    }
    return { all, superseded };
  }

  /**
   * Notes that `count` operations lost their content, `opId` and others of its segment. Where much of a segment is
   * gone, readers get it without.
   */
  noteSuperseded(opId: number, count = 1): void {
    if (opId > this.#segments.end) this.#tailSuperseded += count;
    else this.#segments.noteSuperseded(opId, count);
  }

  /** The end of the segment that `opId` is in, which stands for all of it; null while it is in no segment. */
  segmentEnd(opId: number): number | null {
    return this.#segments.after(opId - 1)?.to ?? null;
  }

  /** Of much that was superseded in memory, the rows are in the database; they go where segments' go. */
  sealSuperseded(): number {
    return this.#tailSuperseded * 2 > this.#tail.length ? this.seal() : 0;
  }

  /** Segments of which at least a twentieth is superseded rows, oldest first. */
  mergeable(): Mergeable[] {
    return this.#segments.all.filter(
      ({ opCount, supersededCount }) => supersededCount > 0 && supersededCount * 20 >= opCount,
    );
  }

  /** As many superseded rows of what ends at `to` were merged. */
  noteMerged(to: number, mergedCount: number): void {
    this.#segments.noteRemoved(to, mergedCount);
  }

  /**
   * How many operations a reader of everything after `position` gets, at most; just so many where `position` is 0 or the
   * end of a line, unless something is superseded before it is read.
   */
  countAfter(position: number): number {
    const inMemory = this.#tail.length - indexAfter(this.#tail, position, (op) => op.opId);
    return this.#segments.countAfter(position) + inMemory;
  }

  /** The next range after `position` that ends at or before `upTo`; null when there is nothing more. */
  next(position: number, upTo: number): NextRange | null {
    const segment = this.#segments.after(position);
    if (segment !== null) {
      const from = Math.max(position, segment.from);
      const to = Math.min(segment.to, upTo);
      return to > from ? { from, to, version: segment.version, ops: null } : null;
    }
    const first = indexAfter(this.#tail, position, (op) => op.opId);
    let end = first;
    while (end < this.#tail.length && (this.#tail[end]?.opId ?? 0) <= upTo) end += 1;
    const last = this.#tail[end - 1];
    if (end === first || last === undefined) return null;
    const from = this.#tail[first - 1]?.opId ?? this.#segments.end;
    return { from, to: last.opId, version: 0, ops: this.#tail.slice(first, end) };
  }
}

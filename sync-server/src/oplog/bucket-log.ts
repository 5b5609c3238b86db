import { addChecksums, type LoggedOp } from './operation-log.ts';

/** A range of operations whose content is in the database: those after `from`, up to and with `to`. */
export type Segment = { from: number; to: number; opCount: number; supersededCount: number; version: number };

/** Where to read on: the range, and its operations where they are still in memory. */
export type NextRange = {
  readonly from: number;
  readonly to: number;
  readonly version: number;
  readonly ops: readonly LoggedOp[] | null;
};

/** One line to a client holds at most this: enough to be quick, small enough for a phone's memory. */
export const opsPerSegment = 4000;
export const bytesPerSegment = 2 * 1024 * 1024;

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
  readonly #segments: Segment[] = [];
  #tail: LoggedOp[] = [];
  #tailBytes = 0;

  readonly #opsPerSegment: number;

  constructor(id: number, name: string, opsInSegment: number = opsPerSegment) {
    this.id = id;
    this.name = name;
    this.#opsPerSegment = opsInSegment;
  }

  /** Takes over what the database holds already. */
  restore(
    totals: { checksum: number; opCount: number; lastOpId: number },
    ends: readonly { to: number; opCount: number; supersededCount: number }[],
  ): void {
    this.checksum = totals.checksum;
    this.opCount = totals.opCount;
    this.lastOpId = totals.lastOpId;
    for (const end of ends) this.#addSegment(end.to, end.opCount, end.supersededCount);
  }

  /** An empty log that counts on from this one, for operations that are not committed yet. */
  fork(): BucketLog {
    const fork = new BucketLog(this.id, this.name, this.#opsPerSegment);
    fork.checksum = this.checksum;
    fork.opCount = this.opCount;
    fork.lastOpId = this.lastOpId;
    return fork;
  }

  /** Takes over what a fork was given, now that it is committed. */
  absorb(fork: BucketLog): void {
    if (fork.#segments.length > 0) this.seal();
    for (const segment of fork.#segments) this.#addSegment(segment.to, segment.opCount, 0);
    for (const op of fork.#tail) this.append(op);
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
    if (this.#tail.length >= this.#opsPerSegment || this.#tailBytes >= bytesPerSegment) this.seal();
  }

  /** Forgets the content in memory; it is read from the database when somebody asks. Returns the bytes set free. */
  seal(): number {
    const last = this.#tail.at(-1);
    if (last === undefined) return 0;
    const freed = this.#tailBytes;
    const previous = this.#segments.at(-1);
    if (previous !== undefined && previous.opCount + this.#tail.length <= this.#opsPerSegment / 4) {
      // Small leftovers grow together, or a quiet bucket would end as thousands of tiny segments.
      previous.to = last.opId;
      previous.opCount += this.#tail.length;
      previous.version += 1;
    } else this.#addSegment(last.opId, this.#tail.length, 0);
    this.#tail = [];
    this.#tailBytes = 0;
    return freed;
  }

  get tailBytes(): number {
    return this.#tailBytes;
  }

  /** Notes that an operation's content is gone. Where much of a segment is gone, readers get it without. */
  noteSuperseded(opId: number): void {
    const segment = this.#segmentAfter(opId - 1);
    if (segment === null || opId <= segment.from) return;
    segment.supersededCount += 1;
    if (segment.supersededCount % Math.ceil(segment.opCount / 5) === 0) segment.version += 1;
  }

  /** The next range after `position` that ends at or before `upTo`; null when there is nothing more. */
  next(position: number, upTo: number): NextRange | null {
    const segment = this.#segmentAfter(position);
    if (segment !== null) {
      const from = Math.max(position, segment.from);
      const to = Math.min(segment.to, upTo);
      return to > from ? { from, to, version: segment.version, ops: null } : null;
    }
    const first = indexAfter(this.#tail, position);
    let end = first;
    while (end < this.#tail.length && (this.#tail[end]?.opId ?? 0) <= upTo) end += 1;
    const last = this.#tail[end - 1];
    if (end === first || last === undefined) return null;
    const from = this.#tail[first - 1]?.opId ?? this.#segments.at(-1)?.to ?? 0;
    return { from, to: last.opId, version: 0, ops: this.#tail.slice(first, end) };
  }

  #segmentAfter(position: number): Segment | null {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#segments[middle]?.to ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return this.#segments[low] ?? null;
  }

  #addSegment(to: number, opCount: number, supersededCount: number): void {
    const from = this.#segments.at(-1)?.to ?? 0;
    this.#segments.push({ from, to, opCount, supersededCount, version: 0 });
  }
}

function indexAfter(ops: readonly LoggedOp[], position: number): number {
  let low = 0;
  let high = ops.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ops[middle]?.opId ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

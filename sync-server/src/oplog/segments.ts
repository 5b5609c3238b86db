import { indexAfter } from './index-after.ts';

/** A range of operations whose content is in the database: those after `from`, up to and with `to`. */
export type Segment = {
  readonly from: number;
  readonly to: number;
  /** Rows that the database has of it, and how many of them are superseded. */
  readonly opCount: number;
  readonly supersededCount: number;
  /** Operations of it have no row any more: a reader gets their sum, as of those that are superseded. */
  readonly isMerged: boolean;
  /** About as many, of the rows' content. */
  readonly bytes: number;
  /** Grows when so much was superseded that it is worth making lines of it anew. */
  readonly version: number;
};

/** A segment as the database holds it. */
export type StoredSegment = Pick<Segment, 'to' | 'opCount' | 'bytes' | 'supersededCount' | 'isMerged'>;

/** One line to a client holds at most this: enough to be quick, small enough for a phone's memory. */
export type SegmentLimits = { readonly ops: number; readonly bytes: number };

export const segmentLimits: SegmentLimits = { ops: 4000, bytes: 2 * 1024 * 1024 };

/** The segments of a bucket, each beginning where the one before ends. */
export class Segments {
  readonly #limits: SegmentLimits;
  #all: Segment[] = [];

  constructor(limits: SegmentLimits) {
    this.#limits = limits;
  }

  get all(): readonly Segment[] {
    return this.#all;
  }

  get end(): number {
    return this.#all.at(-1)?.to ?? 0;
  }

  /** The segment that holds what comes after `position`; null where no segment reaches that far. */
  after(position: number): Segment | null {
    return this.#all[this.#indexAfter(position)] ?? null;
  }

  /**
   * How many operations a reader of everything after `position` gets: live ones, and one for the rest of a line. Of the
   * segment that `position` is in, at most so many.
   */
  countAfter(position: number): number {
    let count = 0;
    for (let index = this.#indexAfter(position); index < this.#all.length; index += 1) {
      const segment = this.#all[index];
      if (segment === undefined) break;
      const { from, to, opCount, supersededCount, isMerged } = segment;
      const rest = supersededCount > 0 || isMerged ? 1 : 0;
      count += Math.min(opCount - supersededCount + rest, to - Math.max(from, position));
    }
    return count;
  }

  /** Small leftovers grow together, or a quiet bucket would end as thousands of tiny segments. */
  add({ to, opCount, bytes, supersededCount, isMerged }: StoredSegment): void {
    const from = this.end;
    this.#all.push({ from, to, opCount, bytes, supersededCount, isMerged, version: 0 });
    const last = this.#all.length - 1;
    const before = this.#all[last - 1];
    if (before === undefined) return;
    const isSmall = before.opCount + opCount <= this.#limits.ops / 4;
    if (isSmall && before.bytes + bytes <= this.#limits.bytes) this.#join(last - 1);
  }

  /** Operations up to `opId` of its segment were superseded, `count` of them. Where there is none, nothing happens. */
  noteSuperseded(opId: number, count: number): void {
    const index = this.#indexAfter(opId - 1);
    const segment = this.#all[index];
    if (segment === undefined || opId <= segment.from) return;
    const step = Math.ceil(segment.opCount / 5);
    const supersededCount = segment.supersededCount + count;
    const isWorthIt = Math.floor(supersededCount / step) > Math.floor(segment.supersededCount / step);
    const version = segment.version + (isWorthIt ? 1 : 0);
    // Content is gone at once, its rows when they are removed.
    const bytes = segment.bytes * shareLeft(segment.opCount - segment.supersededCount, count);
    this.#all[index] = { ...segment, supersededCount, version, bytes };
  }

  /**
   * `removedCount` superseded rows up to `to` are gone from the database. What is left grows together with its
   * neighbours where one line can hold both.
   */
  noteRemoved(to: number, removedCount: number): void {
    const index = this.#indexAfter(to - 1);
    const segment = this.#all[index];
    if (segment === undefined) return;
    const opCount = Math.max(0, segment.opCount - removedCount);
    // None found where some were expected: whatever was wrong about the count, it is not looked for again and again.
    const left = removedCount === 0 ? 0 : Math.max(0, segment.supersededCount - removedCount);
    const isMerged = segment.isMerged || removedCount > 0;
    this.#all[index] = { ...segment, opCount, supersededCount: left, isMerged };
    if (this.#fit(index)) this.#join(index);
    if (this.#fit(index - 1)) this.#join(index - 1);
  }

  /** Half full at most, so that two that were joined are not full at once. */
  #fit(index: number): boolean {
    const [first, second] = [this.#all[index], this.#all[index + 1]];
    if (first === undefined || second === undefined) return false;
    const { ops, bytes } = this.#limits;
    return first.opCount + second.opCount <= ops / 2 && first.bytes + second.bytes <= bytes / 2;
  }

  #join(index: number): void {
    const [first, second] = [this.#all[index], this.#all[index + 1]];
    if (first === undefined || second === undefined) return;
    this.#all.splice(index, 2, {
      from: first.from,
      to: second.to,
      opCount: first.opCount + second.opCount,
      supersededCount: first.supersededCount + second.supersededCount,
      isMerged: first.isMerged || second.isMerged,
      bytes: first.bytes + second.bytes,
      version: Math.max(first.version, second.version) + 1,
    });
  }

  #indexAfter(position: number): number {
    return indexAfter(this.#all, position, (segment) => segment.to);
  }
}

/** What `count` less of them leave, as a share. */
export function shareLeft(of: number, count: number): number {
  return of <= count ? 0 : (of - count) / of;
}

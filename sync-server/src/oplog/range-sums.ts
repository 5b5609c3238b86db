import { indexAfter } from './index-after.ts';
import { addChecksums, type Dropped, type LoggedOp } from './operation-log.ts';

/** A row of sync.ops without its content; `supersededBy` is null while it is live. */
export type PresentOp = {
  readonly opId: number;
  readonly checksum: number;
  readonly supersededBy: number | null;
};

/** What sync.checksums holds of a range: every operation from `first` to `last`, also those without rows; runs count as one. */
export type SummedRange = {
  readonly first: number;
  readonly last: number;
  readonly opCount: number;
  readonly checksum: number;
  /** The range begins among operations of which only the sum together is known any more. */
  readonly isCut?: boolean;
};

/**
 * What a reader of (from, to] is owed of the operations that are superseded: those that still have rows, and those whose
 * rows are gone, which is what the sums have and the rows have not. `ops` and `present` may be older than `sums`, as
 * sums are kept for ever before a row goes.
 */
export function droppedOf(
  range: { readonly from: number; readonly to: number },
  live: readonly LoggedOp[],
  present: readonly PresentOp[],
  sums: readonly SummedRange[],
): (Dropped & { readonly isMerged: boolean }) | null {
  let count = 0;
  let checksum = 0;
  let supersededBy = 0;
  for (const op of present) {
    if (op.supersededBy === null) continue;
    count += 1;
    checksum = addChecksums(checksum, op.checksum);
    supersededBy = Math.max(supersededBy, op.supersededBy);
  }
  let mergedCount = 0;
  for (const sum of sums) {
    mergedCount += sum.opCount;
    checksum = addChecksums(checksum, sum.checksum);
    for (let at = indexAfter(present, sum.first - 1, (op) => op.opId); at < present.length; at += 1) {
      const op = present[at];
      if (op === undefined || op.opId > sum.last) break;
      mergedCount -= 1;
      checksum = addChecksums(checksum, -op.checksum);
    }
  }
  if (count + mergedCount === 0) return null;
  return { opId: lastFree(range.to, live), checksum, supersededBy, isMerged: mergedCount > 0 };
}

/** The last number up to `to` that no live operation has: whoever was sent it has all there was until then. */
function lastFree(to: number, live: readonly LoggedOp[]): number {
  let free = to;
  for (let at = live.length - 1; at >= 0 && live[at]?.opId === free; at -= 1) free -= 1;
  return free;
}

/** Operations in ranges of at most `limit`; none reaches over what `summed` has already. */
export function rangesToSum<Op extends { readonly opId: number }>(
  ops: readonly Op[],
  summed: readonly { readonly first: number; readonly last: number }[],
  limit: number,
): Op[][] {
  const ranges: Op[][] = [];
  let range: Op[] = [];
  let next = 0;
  for (const op of ops) {
    const before = next;
    while ((summed[next]?.last ?? Infinity) < op.opId) next += 1;
    const isSummed = (summed[next]?.first ?? Infinity) <= op.opId;
    if (next !== before || isSummed || range.length >= limit) {
      if (range.length > 0) ranges.push(range);
      range = [];
    }
    if (!isSummed) range.push(op);
  }
  if (range.length > 0) ranges.push(range);
  return ranges;
}

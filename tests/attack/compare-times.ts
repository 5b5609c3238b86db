export type Compared = {
  /** By how much the medians differ, the second less the first. */
  readonly medianMs: number;
  /** Of Mann and Whitney's test: how many standard deviations the ranks lie from what chance gives. */
  readonly z: number;
  /** Whether somebody could tell the two apart. */
  readonly isTold: boolean;
};

/** One in 15,000 by chance. */
const SIGNIFICANT_Z = 4;

/**
 * Whether two series of times come from the same work. By ranks, as times have outliers of any size: those of a busy
 * machine fall on both sides alike.
 */
export function compareTimes(first: readonly number[], second: readonly number[]): Compared {
  const all = [
    ...first.map((ms) => ({ ms, isFirst: true })),
    ...second.map((ms) => ({ ms, isFirst: false })),
  ];
  all.sort((a, b) => a.ms - b.ms);
  let rankSum = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.ms === all[start]?.ms) end += 1;
    const rank = (start + 1 + end) / 2;
    rankSum += rank * all.slice(start, end).filter(({ isFirst }) => !isFirst).length;
    start = end;
  }
  const [n, m] = [first.length, second.length];
  const u = rankSum - (m * (m + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return { medianMs: medianOf(second) - medianOf(first), z, isTold: Math.abs(z) > SIGNIFICANT_Z };
}

function medianOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

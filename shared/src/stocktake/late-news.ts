import type { Instant } from '#kernel/instant.ts';

/** What an approval confirmed of a line, and what would be confirmed now. */
export type Confirmed<Value> = {
  readonly confirmed: { readonly expected: Value; readonly counted: Value };
  readonly now: { readonly expected: Value; readonly counted: Value };
};

/** late_fact: the books of then have changed. late_count: the count has. */
export type LateNews = 'late_fact' | 'late_count';

/** [ST15] What came to light of an approved line; nothing where all stands as it was confirmed. */
export function lateNewsOf<Value>(
  { confirmed, now }: Confirmed<Value>,
  isSame: (a: Value, b: Value) => boolean,
): LateNews[] {
  const news: LateNews[] = [];
  if (!isSame(confirmed.expected, now.expected)) news.push('late_fact');
  if (!isSame(confirmed.counted, now.counted)) news.push('late_count');
  return news;
}

/** [ST15] True for a count that was made when the stocktake was closed already. */
export function isLateCount(countedAt: Instant | null, closedAt: Instant | null): boolean {
  return countedAt !== null && closedAt !== null && countedAt > closedAt;
}

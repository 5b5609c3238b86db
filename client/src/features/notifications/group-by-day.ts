import type { Instant } from '@eventkit/shared/kernel/instant.ts';

export type DayGroup<Item> = {
  /** Of the newest item. */
  readonly at: Instant;
  readonly items: readonly Item[];
};

/** Items, newest first, as the days on which they happened, by the reader's idea of a day. */
export function groupByDay<Item extends { readonly happenedAt: Instant }>(
  items: readonly Item[],
  isSameDay: (a: Instant, b: Instant) => boolean,
): readonly DayGroup<Item>[] {
  const groups: { at: Instant; items: Item[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last !== undefined && isSameDay(last.at, item.happenedAt)) last.items.push(item);
    else groups.push({ at: item.happenedAt, items: [item] });
  }
  return groups;
}

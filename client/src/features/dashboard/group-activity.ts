import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** One fact that somebody stated. */
export type ActivityRow = {
  readonly id: string;
  readonly kind: string;
  readonly at: Instant;
  readonly who: string | null;
  /** What it was about: the code of a thing, a product, a field's row. */
  readonly what: string | null;
  readonly eventId: string | null;
  readonly eventName: string | null;
};

export type Activity = {
  readonly id: string;
  readonly kind: string;
  /** Of the newest of them. */
  readonly at: Instant;
  readonly who: string | null;
  /** Null where several things were concerned. */
  readonly what: string | null;
  readonly eventId: string | null;
  readonly eventName: string | null;
  readonly count: number;
};

const TOGETHER_MS = 30 * 60_000;

/** Facts, newest first, as what people did: what one person did alike for one event without a long pause is one line. */
export function groupActivity(rows: readonly ActivityRow[], most: number): readonly Activity[] {
  const groups: (Activity & { readonly oldestAt: Instant })[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && belongsTo(last, row)) {
      const what = last.what === row.what ? last.what : null;
      groups[groups.length - 1] = { ...last, what, count: last.count + 1, oldestAt: row.at };
    } else if (groups.length === most) break;
    else groups.push({ ...row, count: 1, oldestAt: row.at });
  }
  return groups.map(({ oldestAt: _, ...group }) => group);
}

function belongsTo(group: Activity & { readonly oldestAt: Instant }, row: ActivityRow): boolean {
  return (
    group.kind === row.kind &&
    group.who === row.who &&
    group.eventId === row.eventId &&
    Date.parse(group.oldestAt) - Date.parse(row.at) < TOGETHER_MS
  );
}

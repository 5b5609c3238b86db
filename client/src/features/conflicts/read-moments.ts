import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { ShownConflict } from './read-conflicts.ts';

export type Moment = {
  readonly kind: 'first' | 'second' | 'first_arrived' | 'second_arrived' | 'settled';
  readonly at: Instant;
};

/** A fact that reached us within this time is one moment, not two. */
const SAME_MOMENT_MS = 60_000;

/** The moments of a conflict in the order of time. */
export function readMoments(conflict: ShownConflict): Moment[] {
  const moments: Moment[] = [];
  for (const kind of ['first', 'second'] as const) {
    const side = conflict[kind];
    if (side === null) continue;
    moments.push({ kind, at: side.effectiveAt });
    const isLate =
      side.receivedAt !== null &&
      Date.parse(side.receivedAt) - Date.parse(side.effectiveAt) >= SAME_MOMENT_MS;
    if (isLate && side.receivedAt !== null) moments.push({ kind: `${kind}_arrived`, at: side.receivedAt });
  }
  if (conflict.settledBy !== null) moments.push({ kind: 'settled', at: conflict.settledBy.effectiveAt });
  return moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

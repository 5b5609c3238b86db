import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { EventSummary } from './event-summaries-queries.ts';

/** What is still to come back or to go out, by load time; and what is over or called off, newest first. */
export function splitByTime(
  events: readonly EventSummary[],
  now: Instant,
): { readonly current: readonly EventSummary[]; readonly past: readonly EventSummary[] } {
  const isOver = (event: EventSummary) =>
    event.status === 'closed' ||
    event.status === 'cancelled' ||
    (event.returnAt < now && event.status !== 'out' && event.status !== 'returning');
  return {
    current: events.filter((event) => !isOver(event)),
    past: events.filter(isOver).toReversed(),
  };
}

/** Events that something can be scanned out to, the one that loads next first, then those already out. */
export function scannable(events: readonly EventSummary[], now: Instant): readonly EventSummary[] {
  const { current } = splitByTime(events, now);
  const leaving = current.filter((event) => event.status === 'confirmed' || event.status === 'in_prep');
  const out = current.filter((event) => event.status === 'out' || event.status === 'returning');
  return [...leaving, ...out];
}

import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import type { EventGlyphState } from '#ui/event-glyph.tsx';

export type ShownEvent = {
  readonly id: EventId;
  readonly name: string;
  readonly clientName: string;
  readonly venue: string;
  readonly status: EventGlyphState;
  readonly loadAt: Instant;
  readonly returnAt: Instant;
};

const DAY_MS = 86_400_000;
const notYetOut: readonly EventGlyphState[] = ['option', 'confirmed', 'in_prep'];
const bindsStock: readonly EventGlyphState[] = ['confirmed', 'in_prep', 'out', 'returning'];

/** What loads from `from` on within so many days, options among it, by load time. */
export function upcomingEvents<Event extends ShownEvent>(
  events: readonly Event[],
  from: Instant,
  days: number,
): readonly Event[] {
  const until = instantOfMs(msOf(from) + days * DAY_MS);
  return events
    .filter(({ status, loadAt }) => notYetOut.includes(status) && loadAt >= from && loadAt < until)
    .toSorted((a, b) => compare(a.loadAt, b.loadAt) || compare(a.id, b.id));
}

/** Those whose stock is bound: an option only asks for it, and what is closed or cancelled has given it back. */
export function bindingEvents<Event extends ShownEvent>(events: readonly Event[]): readonly Event[] {
  return events.filter(({ status }) => bindsStock.includes(status));
}

export type OverdueEvent<Event> = Event & { readonly units: number };

/** Where something is out though it should be back, whatever the event is said to be; the longest overdue first. */
export function overdueEvents<Event extends ShownEvent>(
  events: readonly Event[],
  outByEvent: ReadonlyMap<string, number>,
  now: Instant,
): readonly OverdueEvent<Event>[] {
  return events
    .map((event) => ({ ...event, units: outByEvent.get(event.id) ?? 0 }))
    .filter(({ returnAt, units }) => returnAt < now && units > 0)
    .toSorted((a, b) => compare(a.returnAt, b.returnAt) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

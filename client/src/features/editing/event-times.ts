import { EVENT_TIMES } from '@eventkit/shared/edits/editable-tables.ts';
import { type Instant, isInstant } from '@eventkit/shared/kernel/instant.ts';

export type EventTime = (typeof EVENT_TIMES)[number];
export type EventTimes = Readonly<Record<EventTime, Instant>>;

/** The four times as the one field that they are. */
export function textOfTimes(times: EventTimes): string {
  return EVENT_TIMES.map((name) => times[name]).join('/');
}

/** With one of them changed; those that would then come the wrong way round move along with it. */
export function withTime(times: EventTimes, changed: EventTime, at: Instant): EventTimes {
  const place = EVENT_TIMES.indexOf(changed);
  const moved = EVENT_TIMES.map((name, index): [EventTime, Instant] => {
    const before = times[name];
    if (index === place) return [name, at];
    const isPushed = index < place ? before > at : before < at;
    return [name, isPushed ? at : before];
  });
  return Object.fromEntries(moved) as EventTimes;
}

/** Null where the row lacks one. */
export function timesOfRow(row: Readonly<Record<EventTime, string | null>>): EventTimes | null {
  const entries = EVENT_TIMES.map((name) => [name, row[name]] as const);
  const isWhole = entries.every(([, at]) => at !== null && isInstant(at));
  return isWhole ? (Object.fromEntries(entries) as EventTimes) : null;
}

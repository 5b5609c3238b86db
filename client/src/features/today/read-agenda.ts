import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import type { Agenda, TodayEvent } from './today-event.ts';

const HOUR_MS = 3_600_000;
/** A load that should be over is still shown for half a day: trucks are late. */
const LATE_MS = 12 * HOUR_MS;
const AHEAD_MS = 5 * 24 * HOUR_MS;
const SHOWN_COUNT = 8;

/** What a day looks like from the dock. */
export function readAgenda(events: readonly TodayEvent[], now: Instant): Agenda {
  const from = instantOfMs(msOf(now) - LATE_MS);
  const until = instantOfMs(msOf(now) + AHEAD_MS);
  const leaving = events
    .filter((event) => event.status === 'confirmed' || event.status === 'in_prep')
    .filter((event) => event.loadAt >= from && event.loadAt <= until)
    .toSorted((a, b) => compare(a.loadAt, b.loadAt));
  const next = leaving.find((event) => event.scanned < event.wanted) ?? leaving[0] ?? null;
  const out = events
    .filter((event) => event.status === 'out' || event.status === 'returning')
    .toSorted((a, b) => compare(a.returnAt, b.returnAt));
  return {
    next,
    leaving: leaving.filter((event) => event !== next).slice(0, SHOWN_COUNT),
    out: out.slice(0, SHOWN_COUNT),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

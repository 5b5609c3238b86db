import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { dayNumber, dayOfNumber, endOfDay, wallClockIn } from '#i18n/wall-clock.ts';
import type { Day } from './count-utilisation.ts';

/** So many days of a time zone, beginning with that of `now`; the days on which clocks change are longer or shorter. */
export function localDays(now: Instant, count: number, timeZone: string | undefined): readonly Day[] {
  const clock = wallClockIn(timeZone);
  const today = dayNumber(clock.show(msOf(now)));
  const startOf = (index: number) => instantOfMs(endOfDay(clock, dayOfNumber(today + index - 1)));
  return Array.from({ length: count }, (_, index) => ({ from: startOf(index), until: startOf(index + 1) }));
}

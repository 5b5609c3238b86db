import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import type { Language } from './language.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-AT' };

export type Format = {
  /** 1,205 or 1.205 */
  count(value: number): string;
  /** 14:07 */
  time(at: Instant): string;
  /** 14:07:03 */
  timeWithSeconds(at: Instant): string;
  /** Thu, 26 Nov */
  day(at: Instant): string;
  /** Thursday 26 November */
  longDay(at: Instant): string;
  /** 14:07 when it is on the day of `now`, else Thu, 26 Nov 14:07 */
  timeOrDay(at: Instant, now: Instant): string;
  /** Fri 06:00 within a week of `now`, else 26 Nov */
  shortMoment(at: Instant, now: Instant): string;
  /** True when both fall on the same day in the reader's time zone. */
  isSameDay(a: Instant, b: Instant): boolean;
  /** in 3 hours, 2 days ago; the largest fitting unit. */
  distance(at: Instant, now: Instant): string;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Everything in one place, because `Intl` objects are slow to make. `timeZone` is the device's when left out. */
export function createFormat(language: Language, timeZone?: string): Format {
  const locale = locales[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  const formatter = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const numbers = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB');
  const times = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const days = formatter({ weekday: 'short', day: 'numeric', month: 'short' });
  const longDays = formatter({ weekday: 'long', day: 'numeric', month: 'long' });
  const shortDays = formatter({ day: 'numeric', month: 'short' });
  const weekdays = formatter({ weekday: 'short' });
  const dayKeys = formatter({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const distances = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

  const format: Format = {
    count: (value) => numbers.format(value),
    time: (at) => times.format(msOf(at)),
    timeWithSeconds: (at) => seconds.format(msOf(at)),
    day: (at) => days.format(msOf(at)),
    longDay: (at) => longDays.format(msOf(at)),
    timeOrDay: (at, now) =>
      format.isSameDay(at, now) ? format.time(at) : `${format.day(at)} ${format.time(at)}`,
    shortMoment: (at, now) => {
      if (format.isSameDay(at, now)) return format.time(at);
      const isNear = Math.abs(msOf(at) - msOf(now)) < 6 * DAY;
      return isNear ? `${weekdays.format(msOf(at))} ${format.time(at)}` : shortDays.format(msOf(at));
    },
    isSameDay: (a, b) => dayKeys.format(msOf(a)) === dayKeys.format(msOf(b)),
    distance: (at, now) => {
      const ms = msOf(at) - msOf(now);
      const size = Math.abs(ms);
      if (size < HOUR) return distances.format(Math.round(ms / 60_000), 'minute');
      if (size < DAY) return distances.format(Math.round(ms / HOUR), 'hour');
      return distances.format(Math.round(ms / DAY), 'day');
    },
  };
  return format;
}

/** Now as an instant: for what is shown, never for what is recorded. */
export function nowForDisplay(): Instant {
  return instantOfMs(Date.now());
}

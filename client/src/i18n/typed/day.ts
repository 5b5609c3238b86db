import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Language } from '#i18n/language.ts';
import { type Day, dayNumber, dayOfNumber, isDay } from '#i18n/wall-clock.ts';

export type DayProblem = 'unclear' | 'no_such_day' | 'either_way';

const MONTHS = [
  'jan|january|januar|jänner',
  'feb|february|februar|feber',
  'mar|march|mär|mrz|märz',
  'apr|april',
  'may|mai',
  'jun|june|juni',
  'jul|july|juli',
  'aug|august',
  'sep|sept|september',
  'oct|october|okt|oktober',
  'nov|november',
  'dec|december|dez|dezember',
].map((words) => words.split('|'));
const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** From Monday, as 1970-01-05 was one. */
const WEEKDAYS = [
  'mo|mon|monday|montag',
  'di|tue|tues|tuesday|dienstag',
  'mi|wed|wednesday|mittwoch',
  'do|thu|thur|thurs|thursday|donnerstag',
  'fr|fri|friday|freitag',
  'sa|sat|saturday|samstag|sonnabend',
  'so|sun|sunday|sonntag',
].map((words) => words.split('|'));
const MONDAY = 4;
const DAYS_FROM_TODAY: Readonly<Record<string, number>> = {
  ...{ yesterday: -1, today: 0, tomorrow: 1 },
  ...{ gestern: -1, heute: 0, morgen: 1, übermorgen: 2 },
};

const ISO = /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/;
/** A year of two digits stands at the month: behind a space it would be an hour. */
const DOTTED = /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})(?:\.(?: (?=\d{4}$))?(?<year>\d{4}|\d\d)?)?$/;
const SLASHED = /^(?<first>\d{1,2})\/(?<second>\d{1,2})(?:\/(?<year>\d{4}|\d\d))?$/;
const DAY_MONTH = /^(?<day>\d{1,2})\.? ?(?<name>\p{L}+)\.?(?: (?<year>\d{4}))?$/u;
const MONTH_DAY = /^(?<name>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: (?<year>\d{4}))?$/u;

/** Further away than this, a day without its year is nobody's first thought. */
const NEAR_DAYS = 190;

/**
 * The day of `tomorrow`, `morgen`, `fri`, `24.12.`, `12/24`, `24 Dec 2026`, `2026-12-24`. Without a year it
 * is the one nearest to each of `around`. Refused where two days could be meant.
 */
export function readDay(text: string, today: Day, around: readonly Day[] = [today]): Result<Day, DayProblem> {
  const typed = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,\s]+/g, ' ');
  const fromToday = DAYS_FROM_TODAY[typed];
  if (fromToday !== undefined) return ok(dayOfNumber(dayNumber(today) + fromToday));
  const [first = '', ...rest] = typed.split(' ');
  const weekday = WEEKDAYS.findIndex((words) => words.includes(first.replace(/\.$/, '')));
  if (weekday < 0) return readDate(typed, around);
  if (rest.length === 0) return ok(nextWeekday(today, weekday));
  const date = readDate(rest.join(' '), around);
  return date.ok && weekdayOf(date.value) !== weekday ? err('no_such_day') : date;
}

function readDate(typed: string, around: readonly Day[]): Result<Day, DayProblem> {
  const slashed = SLASHED.exec(typed)?.groups;
  if (slashed !== undefined) {
    const { first = '', second = '', year } = slashed;
    const ways =
      first === second
        ? [[first, second]]
        : [
            [first, second],
            [second, first],
          ];
    return theOnly(ways.map(([day = '', month = '']) => dated(day, Number(month), year, around)));
  }
  const dotted = (ISO.exec(typed) ?? DOTTED.exec(typed))?.groups;
  if (dotted !== undefined) return dated(dotted['day'], Number(dotted['month']), dotted['year'], around);
  const named = (DAY_MONTH.exec(typed) ?? MONTH_DAY.exec(typed))?.groups;
  const month = MONTHS.findIndex((words) => words.includes(named?.['name'] ?? '')) + 1;
  return named === undefined || month === 0
    ? err('unclear')
    : dated(named['day'], month, named['year'], around);
}

function dated(
  day: string | undefined,
  month: number,
  year: string | undefined,
  around: readonly Day[],
): Result<Day, DayProblem> {
  if (year !== undefined) {
    const full = { year: Number(year) + (year.length === 2 ? 2000 : 0), month, day: Number(day) };
    return isDay(full) && full.year >= 2000 && full.year < 2100 ? ok(full) : err('no_such_day');
  }
  return theOnly(around.map((base) => nearest(base, month, Number(day))));
}

function nearest(base: Day, month: number, day: number): Result<Day, DayProblem> {
  const distance = (one: Day) => Math.abs(dayNumber(one) - dayNumber(base));
  const [found] = [-1, 0, 1]
    .map((by) => ({ year: base.year + by, month, day }))
    .filter((one) => isDay(one) && distance(one) <= NEAR_DAYS)
    .toSorted((a, b) => distance(a) - distance(b));
  return found === undefined ? err('no_such_day') : ok(found);
}

/** What all ways that make sense come to. */
function theOnly(ways: readonly Result<Day, DayProblem>[]): Result<Day, DayProblem> {
  const days = ways.flatMap((way) => (way.ok ? [way.value] : []));
  const [first] = days;
  if (ways.some((way) => !way.ok && way.error === 'either_way')) return err('either_way');
  if (first === undefined) return err('no_such_day');
  return days.every((day) => dayNumber(day) === dayNumber(first)) ? ok(first) : err('either_way');
}

function nextWeekday(today: Day, weekday: number): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return dayOfNumber(dayNumber(today) + ahead);
}

/** 0 for Monday. */
function weekdayOf(day: Day): number {
  return (((dayNumber(day) - MONDAY) % 7) + 7) % 7;
}

/** `26 Nov 2026`, `26.11.2026`. */
export function writeDay({ year, month, day }: Day, language: Language): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return language === 'de'
    ? `${two(day)}.${two(month)}.${year}`
    : `${day} ${SHORT_MONTHS[month - 1] ?? ''} ${year}`;
}

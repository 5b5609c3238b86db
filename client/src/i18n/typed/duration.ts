import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Language } from '#i18n/language.ts';

export type DurationProblem = 'unclear' | 'no_unit';
export type DurationUnit = 'd' | 'h';

/** In order; each with the words of both languages, because none of them means something else in the other. */
const units = [
  { minutes: 7 * 24 * 60, words: /^(w|wk|wks|weeks?|wochen?)$/ },
  { minutes: 24 * 60, words: /^(d|days?|t|tage?n?)$/ },
  { minutes: 60, words: /^(h|hrs?|hours?|std|stunden?)$/ },
  { minutes: 1, words: /^(mins?|minutes?|minuten?)$/ },
] as const;
const PART = /(\d{1,6}(?:[.,]\d{1,2})?)\s*([\p{L}]*)\.?\s*/uy;
const CLOCK = /^(\d{1,4}):([0-5]\d)$/;
const LONGEST_MINUTES = 10 * 366 * 24 * 60;

/**
 * Whole minutes of `3d`, `2h30`, `1:30`, `90 min`, `1,5 h`, `3 Tage`. A bare number is refused unless the field is about
 * one unit, and so is what comes to no whole minute; `m` alone could be months.
 */
export function readDuration(text: string, bareUnit: DurationUnit | null): Result<number, DurationProblem> {
  const typed = text.trim().toLowerCase();
  const clock = CLOCK.exec(typed);
  if (clock !== null) return within(Number(clock[1]) * 60 + Number(clock[2]));
  if (/^\d{1,6}$/.test(typed)) {
    if (bareUnit === null) return err('no_unit');
    return within(Number(typed) * (bareUnit === 'd' ? 24 * 60 : 60));
  }
  return readParts(typed);
}

function readParts(typed: string): Result<number, DurationProblem> {
  let total = 0;
  let smallest = -1;
  let mayGoOn = true;
  PART.lastIndex = 0;
  while (PART.lastIndex < typed.length) {
    const part = PART.exec(typed);
    if (part === null || !mayGoOn) return err('unclear');
    const [, digits = '', word = ''] = part;
    const unit = unitOf(word, digits, smallest);
    if (unit <= smallest) return err('unclear');
    smallest = unit;
    // Half a day and two hours is not how anybody says it.
    mayGoOn = !/[.,]/.test(digits);
    total += Number(digits.replace(',', '.')) * (units[unit]?.minutes ?? 0);
  }
  return smallest < 0 ? err('unclear') : within(total);
}

/** The place of the unit in the list; -1 for none. After hours, two digits or an m are minutes. */
function unitOf(word: string, digits: string, before: number): number {
  const isAfterHours = before === 2;
  if (isAfterHours && (word === 'm' || word === '')) return /^[0-5]?\d$/.test(digits) ? 3 : -1;
  return units.findIndex(({ words }) => words.test(word));
}

function within(minutes: number): Result<number, DurationProblem> {
  return Number.isInteger(minutes) && minutes <= LONGEST_MINUTES ? ok(minutes) : err('unclear');
}

/** `3 days 2 h 30 min`; whole minutes from 0. */
export function writeDuration(minutes: number, language: Language): string {
  const days = Math.floor(minutes / (24 * 60));
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const dayWord = language === 'de' ? ['Tag', 'Tage'] : ['day', 'days'];
  const parts = [
    days > 0 && `${days} ${days === 1 ? dayWord[0] : dayWord[1]}`,
    hours > 0 && `${hours} h`,
    (rest > 0 || minutes === 0) && `${rest} min`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { type Language, pickLanguage } from '#i18n/language.ts';
import { useTimeZone } from '#i18n/time-zone.ts';
import { dayNumber, dayOfNumber, endOfDay, wallClockIn } from '#i18n/wall-clock.ts';
import { readDay } from './day.ts';
import { type DurationUnit, readDuration, writeDuration } from './duration.ts';
import { readMoment, writeMoment } from './moment.ts';
import { typedTexts } from './typed-texts.ts';

/** What was typed, as a value with how it is shown; or how to type it instead, in words. */
export type Typed<Value> = Result<{ readonly value: Value; readonly shown: string }, string>;

/** In days. */
const HALF_A_YEAR = 182;
const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Readers of what people type, in their language and time zone. */
export function useTyped() {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  return useMemo(() => typedIn(pickLanguage([i18n.language]), timeZone), [i18n.language, timeZone]);
}

function typedIn(language: Language, timeZone: string | undefined) {
  const clock = wallClockIn(timeZone);
  const texts = typedTexts[language];
  const locale = language === 'de' ? 'de-AT' : 'en-GB';
  const moments = new Intl.DateTimeFormat(locale, {
    ...DAY,
    ...TIME,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const days = new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' });
  return {
    writeMoment: (at: Instant): string => writeMoment(msOf(at), clock, language),

    readMoment(text: string, standing: Instant | null): Typed<Instant> {
      const standingMs = standing === null ? null : msOf(standing);
      const read = readMoment(text, { clock, nowMs: msOf(nowForDisplay()), standingMs });
      return read.ok
        ? ok({ value: instantOfMs(read.value), shown: moments.format(read.value) })
        : err(texts.moment[read.error]);
    },

    /** A day to come, and when it is over. */
    readComingDay(text: string): Typed<Instant> {
      const today = clock.show(msOf(nowForDisplay()));
      const read = readDay(text, today, [dayOfNumber(dayNumber(today) + HALF_A_YEAR)]);
      if (!read.ok) return err(read.error === 'unclear' ? texts.day : texts.moment[read.error]);
      const { year, month, day } = read.value;
      return ok({
        value: instantOfMs(endOfDay(clock, read.value)),
        shown: days.format(Date.UTC(year, month - 1, day)),
      });
    },

    writeDuration: (count: number, unit: DurationUnit): string =>
      writeDuration(count * minutesOf[unit], language),

    /** A whole number of hours or days. */
    readDuration(text: string, unit: DurationUnit): Typed<number> {
      const read = readDuration(text, unit);
      if (!read.ok) return err(texts.duration[read.error]);
      const value = read.value / minutesOf[unit];
      if (!Number.isInteger(value)) return err(unit === 'h' ? texts.wholeHours : texts.wholeDays);
      return ok({ value, shown: writeDuration(read.value, language) });
    },
  };
}

const minutesOf: Readonly<Record<DurationUnit, number>> = { h: 60, d: 24 * 60 };

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '#i18n/language.ts';
import { dayNumber, dayOfNumber, wallClockIn } from '#i18n/wall-clock.ts';
import { readDay, writeDay } from './day.ts';
import { readMoment, writeMoment } from './moment.ts';

/** A Monday, 12:00 in Vienna. */
const nowMs = Date.UTC(2026, 10, 23, 11);
const today = { year: 2026, month: 11, day: 23 };
const vienna = wallClockIn('Europe/Vienna');
const standingMs = Date.UTC(2026, 10, 26, 5);

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const momentOf = (text: string, standing: number | null = null, clock = vienna) => {
  const read = readMoment(text, { clock, nowMs, standingMs: standing });
  return read.ok ? iso(read.value) : read.error;
};
const dayOf = (text: string) => {
  const read = readDay(text, today);
  return read.ok ? [read.value.year, read.value.month, read.value.day].join('-') : read.error;
};

describe('a day', () => {
  it.each([
    ['today', '2026-11-23'],
    ['heute', '2026-11-23'],
    ['Tomorrow', '2026-11-24'],
    ['morgen', '2026-11-24'],
    ['übermorgen', '2026-11-25'],
    ['fri', '2026-11-27'],
    ['Fr.', '2026-11-27'],
    ['Montag', '2026-11-23'],
    ['24.12.', '2026-12-24'],
    ['24.12', '2026-12-24'],
    ['24. 12. 2027', '2027-12-24'],
    ['24.12.27', '2027-12-24'],
    ['12/24', '2026-12-24'],
    ['24/12', '2026-12-24'],
    ['5/5/2027', '2027-5-5'],
    ['24 Dec', '2026-12-24'],
    ['Dec 24th 2027', '2027-12-24'],
    ['24. Dezember 2026', '2026-12-24'],
    ['3. Jänner', '2027-1-3'],
    ['22.11.', '2026-11-22'],
    ['Thu, 26 Nov 2026', '2026-11-26'],
    ['Do., 26.11.2026', '2026-11-26'],
    ['2026-12-24', '2026-12-24'],
  ])('%s is understood', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  it.each([
    ['3/4', 'either_way'],
    ['03/04/2026', 'either_way'],
    ['30.2.', 'no_such_day'],
    ['31/31', 'no_such_day'],
    ['29.2.', 'no_such_day'],
    ['24.12.1926', 'no_such_day'],
    ['Fri 26 Nov 2026', 'no_such_day'],
    ['24 dec 26', 'unclear'],
    ['next friday', 'unclear'],
    ['24', 'unclear'],
    ['', 'unclear'],
  ])('%j is refused rather than guessed', (text, problem) => {
    expect(dayOf(text)).toBe(problem);
  });

  it('without a year it is the nearest to what it is asked around', () => {
    const spring = { year: 2027, month: 5, day: 24 };
    expect(readDay('1.9.', today)).toMatchObject({ value: { year: 2026 } });
    expect(readDay('1.9.', today, [spring])).toMatchObject({ value: { year: 2027 } });
    expect(readDay('tomorrow', today, [spring])).toMatchObject({ value: { year: 2026, day: 24 } });
  });

  it('what is written is read as the same, in every language', () => {
    const someDay = fc.integer({
      min: dayNumber({ year: 2000, month: 1, day: 1 }),
      max: dayNumber({ year: 2099, month: 12, day: 31 }),
    });
    fc.assert(
      fc.property(someDay, someDay, fc.constantFrom(...languages), (number, base, language) => {
        const day = dayOfNumber(number);
        expect(readDay(writeDay(day, language), dayOfNumber(base))).toEqual({ ok: true, value: day });
      }),
    );
  });

  it('with slashes it is a day only where the other order is none, or the same', () => {
    const part = fc.integer({ min: 1, max: 31 });
    fc.assert(
      fc.property(part, part, (first, second) => {
        const isEither = first <= 12 && second <= 12 && first !== second;
        const read = readDay(`${first}/${second}/2027`, today);
        if (isEither) expect(read).toEqual({ ok: false, error: 'either_way' });
        else if (read.ok)
          expect([read.value.day, read.value.month].toSorted()).toEqual([first, second].toSorted());
      }),
    );
  });
});

describe('a moment', () => {
  it.each([
    ['tomorrow 14', '2026-11-24T13:00'],
    ['morgen 14', '2026-11-24T13:00'],
    ['morgen um 14 Uhr', '2026-11-24T13:00'],
    ['morgen 14 Uhr 30', '2026-11-24T13:30'],
    ['fri 8.30', '2026-11-27T07:30'],
    ['fri 2 pm', '2026-11-27T13:00'],
    ['fri 12am', '2026-11-26T23:00'],
    ['24.12. 14', '2026-12-24T13:00'],
    ['24.12.26 14', '2026-12-24T13:00'],
    ['24.12. 14h30', '2026-12-24T13:30'],
    ['24 dec 2026, 14:00', '2026-12-24T13:00'],
    ['24 dec 14', '2026-12-24T13:00'],
    ['Thu 26 Nov 2026, 14:00', '2026-11-26T13:00'],
    ['25.10.2026 02:30 +02:00', '2026-10-25T00:30'],
    ['25.10.2026 02:30 +01:00', '2026-10-25T01:30'],
  ])('%s is understood', (text, moment) => {
    expect(momentOf(text)).toBe(moment);
  });

  it.each([
    ['14:00', '2026-11-26T13:00'],
    ['6 Uhr', '2026-11-26T05:00'],
    ['morgen', '2026-11-24T05:00'],
    ['28.11.', '2026-11-28T05:00'],
    ['14.30', '2026-11-26T13:30'],
  ])('%s changes only a part of what stands', (text, moment) => {
    expect(momentOf(text, standingMs)).toBe(moment);
  });

  it.each([
    ['', 'unclear'],
    ['14', 'unclear'],
    ['soon', 'unclear'],
    ['tomorrow 25', 'unclear'],
    ['tomorrow 13 pm', 'unclear'],
    ['3/4 14:00', 'either_way'],
    ['8.12', 'either_way'],
    ['30.2. 14:00', 'no_such_day'],
    ['29.3.2026 02:30', 'skipped_hour'],
    ['25.10.2026 02:30', 'double_hour'],
    ['25.10.2026 02:30 +05:00', 'skipped_hour'],
  ])('%j is refused rather than guessed', (text, problem) => {
    expect(momentOf(text, standingMs)).toBe(problem);
  });

  it('where nothing stands, a part is not enough', () => {
    expect([momentOf('14:00'), momentOf('24.12.')]).toEqual(['no_day', 'no_time']);
  });

  it('a day without its year is refused where what stands is of another one', () => {
    expect(momentOf('24.12. 14:00', Date.UTC(2025, 5, 1))).toBe('either_way');
  });

  it('what is written is read as the same, in every language and zone, when clocks are changed too', () => {
    const zones = ['Europe/Vienna', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];
    const change = Date.UTC(2026, 9, 25) / 60_000;
    const minute = fc.oneof(
      fc.integer({ min: Date.UTC(2001, 0, 1) / 60_000, max: Date.UTC(2099, 0, 1) / 60_000 }),
      fc.integer({ min: change - 300, max: change + 300 }),
    );
    fc.assert(
      fc.property(
        minute,
        fc.constantFrom(...zones.map(wallClockIn)),
        fc.constantFrom(...languages),
        fc.option(minute),
        (at, clock, language, standing) => {
          const text = writeMoment(at * 60_000, clock, language);
          const ports = { clock, nowMs, standingMs: standing === null ? null : standing * 60_000 };
          expect([text, readMoment(text, ports)]).toEqual([text, { ok: true, value: at * 60_000 }]);
        },
      ),
    );
  });

  it('whatever is typed, what was understood can be typed as it is shown', () => {
    const word = fc.constantFrom(
      'fri',
      'morgen',
      '24.12.',
      '12/24',
      '8.12',
      '14',
      '2 pm',
      '14:30',
      'dec',
      '2026',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(...languages), (text, language) => {
        const read = readMoment(text, { clock: vienna, nowMs, standingMs });
        if (!read.ok) return;
        const shown = writeMoment(read.value, vienna, language);
        expect(momentOf(shown, standingMs)).toBe(iso(read.value));
      }),
    );
  });
});

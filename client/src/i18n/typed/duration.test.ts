import fc from 'fast-check';
import { expect, it } from 'vitest';
import { languages } from '#i18n/language.ts';
import { readDuration, writeDuration } from './duration.ts';

const minutesOf = (text: string, bare: 'd' | 'h' | null = null) => {
  const read = readDuration(text, bare);
  return read.ok ? read.value : read.error;
};

it.each([
  ['3d', 3 * 1440],
  ['3 Tage', 3 * 1440],
  ['1 Tag', 1440],
  ['2h30', 150],
  ['2 h 30 min', 150],
  ['2h30m', 150],
  ['1:30', 90],
  ['90 min', 90],
  ['90 Minuten', 90],
  ['1,5 h', 90],
  ['1.5 Std.', 90],
  ['2 Wochen', 14 * 1440],
  ['1 week 2 days', 9 * 1440],
  ['0 min', 0],
])('%s is understood', (text, minutes) => {
  expect(minutesOf(text)).toBe(minutes);
});

it.each([
  ['', 'unclear'],
  ['soon', 'unclear'],
  ['90 m', 'unclear'],
  ['1:75', 'unclear'],
  ['30 min 2 h', 'unclear'],
  ['2 h 3 h', 'unclear'],
  ['2h90', 'unclear'],
  ['1.500 h', 'unclear'],
  ['0,01 h', 'unclear'],
  ['1,5 d 2 h', 'unclear'],
  ['-3 d', 'unclear'],
  ['999999 d', 'unclear'],
  ['90', 'no_unit'],
])('%j is refused rather than guessed', (text, problem) => {
  expect(minutesOf(text)).toBe(problem);
});

it('a bare number is of the one unit that a field is about', () => {
  expect([minutesOf('72', 'h'), minutesOf('30', 'd')]).toEqual([72 * 60, 30 * 1440]);
});

it('what is written is read as the same, in every language', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.constantFrom(...languages),
      (minutes, language) => {
        expect(minutesOf(writeDuration(minutes, language))).toBe(minutes);
      },
    ),
  );
});

it('whatever is typed, it is whole minutes or refused', () => {
  const typed = fc.oneof(fc.string(), fc.stringMatching(/^[0-9:., hdmin]{0,12}$/));
  fc.assert(
    fc.property(typed, (text) => {
      const read = readDuration(text, null);
      expect(read.ok ? Number.isInteger(read.value) && read.value >= 0 : true).toBe(true);
    }),
  );
});

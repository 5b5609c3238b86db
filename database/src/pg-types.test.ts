import { instantOfMicros, isInstant } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOfServerText, numberOfInt8 } from './pg-types.ts';

describe('values of PostgreSQL', () => {
  test.each([
    ['2026-11-22 17:40:18.211015+00', '2026-11-22T17:40:18.211015Z'],
    ['2026-11-22 17:40:18+00', '2026-11-22T17:40:18.000000Z'],
    ['2026-11-22 17:40:18.5+00', '2026-11-22T17:40:18.500000Z'],
    ['2026-11-22T17:40:18.000001Z', '2026-11-22T17:40:18.000001Z'],
  ])('timestamptz %s is the instant %s', (text, instant) => {
    expect(instantOfServerText(text)).toBe(instant);
  });

  test.each([
    'infinity',
    '-infinity',
    '0044-03-15 12:00:00+00 BC',
    '2026-11-22 17:40:18+01',
    '12026-01-01 00:00:00+00',
  ])('timestamptz %s is refused, never guessed', (text) => {
    expect(() => instantOfServerText(text)).toThrow(RangeError);
  });

  test('every instant survives the way that PostgreSQL prints it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }), (micros) => {
        const instant = instantOfMicros(micros);
        const printed = instant.replace('T', ' ').replace(/\.?0*Z$/, '+00');
        expect(isInstant(instant)).toBe(true);
        expect(instantOfServerText(printed)).toBe(instant);
      }),
    );
  });

  test('int8 is a number while that is exact, and refused beyond', () => {
    expect(numberOfInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => numberOfInt8('9007199254740992')).toThrow(RangeError);
  });
});

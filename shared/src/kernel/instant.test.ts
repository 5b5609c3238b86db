import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { type Instant, instantOfMicros, instantOfMs, isInstant, laterOf, microsOf, msOf } from './instant.ts';

const LAST = BigInt(Date.UTC(9999, 11, 31, 23, 59, 59, 999)) * 1000n + 999n;
const FIRST = BigInt(Date.parse('0000-01-01T00:00:00Z')) * 1000n;
const micros = fc.bigInt({ min: FIRST, max: LAST });

describe('instants', () => {
  it('are the text that PostgreSQL’s timestamptz becomes', () => {
    expect(instantOfMicros(0n)).toBe('1970-01-01T00:00:00.000000Z');
    expect(instantOfMicros(1_780_000_000_123_456n)).toBe('2026-05-28T20:26:40.123456Z');
    expect(instantOfMicros(-1n)).toBe('1969-12-31T23:59:59.999999Z');
    expect(instantOfMs(1.0015)).toBe('1970-01-01T00:00:00.001001Z');
  });

  it('come back as what they were', () => {
    fc.assert(
      fc.property(micros, (value) => {
        const instant = instantOfMicros(value);
        expect(isInstant(instant)).toBe(true);
        expect(microsOf(instant)).toBe(value);
        expect(msOf(instant)).toBe(Number((value - (((value % 1000n) + 1000n) % 1000n)) / 1000n));
      }),
      runs(1_000),
    );
  });

  it('of milliseconds are those of their whole microseconds', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e13, max: 1e13, noNaN: true }), (ms) => {
        expect(instantOfMs(ms)).toBe(instantOfMicros(BigInt(Math.floor(ms * 1000))));
      }),
      runs(1_000),
    );
  });

  it('sort as text in the order of time', () => {
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        const [left, right] = [instantOfMicros(a), instantOfMicros(b)];
        expect(left < right).toBe(a < b);
        expect(laterOf(left, right)).toBe(a >= b ? left : right);
      }),
      runs(1_000),
    );
  });

  it('are refused outside four-digit years, and where the text is another', () => {
    expect(() => instantOfMicros(LAST + 1n)).toThrow(RangeError);
    expect(() => instantOfMicros(FIRST - 1n)).toThrow(RangeError);
    for (const text of ['2026-05-28', '2026-05-28T20:26:40.123Z', '2026-05-28T20:26:40.123456+02']) {
      expect(isInstant(text)).toBe(false);
    }
    expect(isInstant('2026-05-28T20:26:40.123456Z' satisfies string as Instant)).toBe(true);
  });
});

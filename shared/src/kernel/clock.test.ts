import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { nextInstant } from './clock.ts';
import { type Instant, instantOfMicros, instantOfMs } from './instant.ts';

describe('nextInstant', () => {
  it('is now, where nothing later was seen', () => {
    expect(nextInstant(1_000.7, [])).toBe('1970-01-01T00:00:01.000000Z');
    expect(nextInstant(1_000, [null, instantOfMs(999)])).toBe(instantOfMs(1_000));
  });

  it('is one step after the latest seen, where the clock is behind or stands still', () => {
    const seen = instantOfMicros(5_000_003n);
    expect(nextInstant(1_000, [seen, instantOfMs(2_000)])).toBe(instantOfMicros(5_000_004n));
    expect(nextInstant(5_000, [instantOfMs(5_000)])).toBe(instantOfMicros(5_000_001n));
  });

  it('never goes back, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000)), (clock) => {
        const issued: Instant[] = [];
        for (const now of clock) issued.push(nextInstant(now, [issued.at(-1) ?? null]));
        expect(issued).toEqual([...new Set(issued)].sort());
      }),
      runs(200),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutTicks } from './lay-out-ticks.ts';

const kinds = (count: { wanted: number; scanned: number; away: number }) =>
  layOutTicks(count).map((tick) => tick.kind);

describe('layOutTicks', () => {
  test('draws one tick per unit, scanned, then missing, then away', () => {
    expect(kinds({ wanted: 5, scanned: 2, away: 1 })).toEqual([
      'scanned',
      'scanned',
      'missing',
      'missing',
      'away',
    ]);
  });

  test('draws nothing where nothing is wanted', () => {
    expect(kinds({ wanted: 0, scanned: 3, away: 0 })).toEqual([]);
  });

  test('a surplus does not overflow the row', () => {
    expect(kinds({ wanted: 2, scanned: 9, away: 4 })).toEqual(['scanned', 'scanned']);
  });

  test('is full only when everything is scanned, and shows what is away even in shares', () => {
    const count = fc.record({ wanted: fc.nat(3000), scanned: fc.nat(3500), away: fc.nat(50) });
    fc.assert(
      fc.property(count, (value) => {
        const drawn = kinds(value);
        expect(drawn.length).toBe(Math.min(value.wanted, 60));
        const isComplete = value.scanned >= value.wanted;
        expect(drawn.every((kind) => kind === 'scanned')).toBe(isComplete);
        if (value.away > 0 && !isComplete) expect(drawn).toContain('away');
      }),
    );
  });
});

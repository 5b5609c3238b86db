import { describe, expect, test } from 'vitest';
import { localTimeMs } from './local-time.ts';

const at = (now: string, dayOffset: number, hour: number) =>
  new Date(localTimeMs('Europe/Vienna', Date.parse(now), dayOffset, hour)).toISOString();

describe('local time', () => {
  test('is an hour or two ahead of UTC in Vienna, by the season of the day meant', () => {
    expect(at('2026-11-22T12:00:00Z', 0, 16.5)).toBe('2026-11-22T15:30:00.000Z');
    expect(at('2026-07-01T12:00:00Z', 0, 16.5)).toBe('2026-07-01T14:30:00.000Z');
    expect(at('2026-07-01T12:00:00Z', 150, 12)).toBe('2026-11-28T11:00:00.000Z');
  });

  test('counts days from the local day, not from that of UTC', () => {
    expect(at('2026-11-22T23:30:00Z', 0, 8)).toBe('2026-11-23T07:00:00.000Z');
  });

  test('is right on the days when clocks are changed', () => {
    expect(at('2026-03-29T12:00:00Z', 0, 1)).toBe('2026-03-29T00:00:00.000Z');
    expect(at('2026-03-29T12:00:00Z', 0, 4)).toBe('2026-03-29T02:00:00.000Z');
    expect(at('2026-10-25T12:00:00Z', 0, 1)).toBe('2026-10-24T23:00:00.000Z');
    expect(at('2026-10-25T12:00:00Z', 0, 4)).toBe('2026-10-25T03:00:00.000Z');
  });
});

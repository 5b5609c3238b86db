import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayNumber, dayOfNumber, endOfDay, isDay, wallClockIn } from './wall-clock.ts';

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

it('shows every moment, and knows of it among the moments at which it shows that', () => {
  const zones = ['UTC', 'Europe/Vienna', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca'];
  const minute = fc.integer({ min: 0, max: Date.UTC(2099, 0, 1) / 60_000 });
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
      const clock = wallClockIn(zone);
      expect(clock.momentsOf(clock.show(at * 60_000))).toContain(at * 60_000);
    }),
  );
});

it('shows no moment twice where clocks go forward, and one twice where they go back', () => {
  const vienna = wallClockIn('Europe/Vienna');
  const at = (month: number, day: number) => ({ year: 2026, month, day, hour: 2, minute: 30 });
  expect(vienna.momentsOf(at(3, 29))).toEqual([]);
  expect(vienna.momentsOf(at(10, 25)).map(iso)).toEqual(['2026-10-25T00:30', '2026-10-25T01:30']);
  expect(vienna.momentsOf(at(7, 1)).map(iso)).toEqual(['2026-07-01T00:30']);
});

it('a day is over when the next one begins, at whatever hour that is', () => {
  const day = { year: 2026, month: 11, day: 23 };
  expect(iso(endOfDay(wallClockIn('Europe/Vienna'), day))).toBe('2026-11-23T23:00');
  // Clocks in Cairo go forward at midnight.
  expect(iso(endOfDay(wallClockIn('Africa/Cairo'), { year: 2026, month: 4, day: 23 }))).toBe(
    '2026-04-23T22:00',
  );
});

it('days are numbered one after another, and only those that a calendar has', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), (number) => {
      expect(dayNumber(dayOfNumber(number))).toBe(number);
      expect(isDay(dayOfNumber(number))).toBe(true);
    }),
  );
  expect([isDay({ year: 2026, month: 2, day: 29 }), isDay({ year: 2026, month: 13, day: 1 })]).toEqual([
    false,
    false,
  ]);
});

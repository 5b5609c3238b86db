import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOfMinute, minuteOfClock } from './clock-minutes.ts';

test('each minute of a day comes back', () => {
  for (let minute = 0; minute < 1440; minute += 1) expect(minuteOfClock(clockOfMinute(minute))).toBe(minute);
  expect(clockOfMinute(65)).toBe('01:05');
});

test('what is no time is none', () => {
  for (const text of ['', '24:00', '7:30', '12:60', '12:30:00']) expect(minuteOfClock(text)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const minute = minuteOfClock(text);
      expect(minute === null || clockOfMinute(minute) === text).toBe(true);
    }),
  );
});

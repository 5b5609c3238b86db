import { instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { expect, test } from 'vitest';
import { localDays } from './local-days.ts';

test('days follow one another without a gap, the one on which clocks go back is longer', () => {
  const days = localDays(instantOfMs(Date.UTC(2026, 9, 24, 22, 30)), 3, 'Europe/Vienna');
  expect(days[0]?.from).toBe('2026-10-24T22:00:00.000000Z');
  expect(days.map(({ from, until }) => (msOf(until) - msOf(from)) / 3_600_000)).toEqual([25, 24, 24]);
  for (const [index, { from }] of days.slice(1).entries()) expect(days[index]?.until).toBe(from);
});

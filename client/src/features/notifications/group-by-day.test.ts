import { instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupByDay } from './group-by-day.ts';

const DAY_MS = 24 * 3_600_000;
const dayOf = (at: Parameters<typeof msOf>[0]) => Math.floor(msOf(at) / DAY_MS);

test('each day once, in the order of the items, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 * DAY_MS })), (times) => {
      const items = times.toSorted((a, b) => b - a).map((ms) => ({ happenedAt: instantOfMs(ms) }));
      const groups = groupByDay(items, (a, b) => dayOf(a) === dayOf(b));
      expect(groups.flatMap((group) => group.items)).toEqual(items);
      const days = groups.map(({ at }) => dayOf(at));
      expect(new Set(days).size).toBe(days.length);
      for (const { at, items: ofDay } of groups)
        for (const { happenedAt } of ofDay) expect(dayOf(happenedAt)).toBe(dayOf(at));
    }),
  );
});

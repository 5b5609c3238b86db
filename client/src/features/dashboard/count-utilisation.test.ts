import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countUtilisation, shareOf } from './count-utilisation.ts';

const HOURS = 24;
const hour = (count: number) => instantOfMs(Date.UTC(2026, 10, 23) + count * 3_600_000);
const day = (index: number) => ({ from: hour(index * HOURS), until: hour((index + 1) * HOURS) });

test('two events share what is owned, and what is short counts for nobody', () => {
  const events = [
    { id: 'gala', loadAt: hour(8), returnAt: hour(30) },
    { id: 'fair', loadAt: hour(26), returnAt: hour(40) },
  ];
  const demands = [
    { eventId: 'gala', productId: 'spot', units: 6 },
    { eventId: 'fair', productId: 'spot', units: 6 },
    { eventId: 'fair', productId: 'hired', units: 50 },
  ];
  const fleet = [
    { productId: 'spot', category: 'light', units: 10 },
    { productId: 'desk', category: 'audio', units: 10 },
  ];
  const { byDay, byCategory } = countUtilisation(events, demands, fleet, [day(0), day(1), day(2)]);
  expect(byDay.map(({ used, owned }) => `${used}/${owned}`)).toEqual(['6/20', '10/20', '0/20']);
  expect(byCategory).toEqual([
    { category: 'light', used: 16, owned: 30 },
    { category: 'audio', used: 0, owned: 30 },
  ]);
});

test('nothing owned is not used', () => {
  expect(countUtilisation([], [], [], [day(0)]).byDay.map(shareOf)).toEqual([0]);
});

test('agrees with handing out piece by piece, hour by hour', () => {
  const products = ['p', 'q', 'r'];
  const event = fc.record({ load: fc.nat(90), hours: fc.nat(60) });
  const demand = fc.record({
    event: fc.nat(4),
    product: fc.constantFrom(...products, 'x'),
    units: fc.nat(4),
  });
  let usedRuns = 0;
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 5 }),
      fc.array(demand, { maxLength: 12 }),
      fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
      (drawn, wanted, counts) => {
        const events = drawn.map(({ load, hours }, index) => ({
          id: `e${index}`,
          loadAt: hour(load),
          returnAt: hour(load + hours),
        }));
        const demands = wanted.map((one) => ({
          eventId: `e${one.event}`,
          productId: one.product,
          units: one.units,
        }));
        const categoryOf = (index: number) => (index === 2 ? 'b' : 'a');
        const fleet = products.map((productId, index) => ({
          productId,
          category: categoryOf(index),
          units: counts[index] ?? 0,
        }));
        const days = [0, 1, 2].map(day);
        const used = { a: 0, b: 0 };
        const oracle = days.map((_, index) => {
          let out = 0;
          for (const [at, { productId, category, units }] of fleet.entries()) {
            expect(category).toBe(categoryOf(at));
            let left = units;
            for (const one of wanted) {
              const its = drawn[one.event];
              if (one.product !== productId || its === undefined) continue;
              let touches = false;
              for (let clock = its.load; clock <= its.load + its.hours; clock += 1)
                touches ||= Math.floor(clock / HOURS) === index;
              for (let piece = 0; touches && piece < one.units && left > 0; piece += 1) {
                left -= 1;
                out += 1;
                used[categoryOf(at)] += 1;
              }
            }
          }
          return out;
        });
        const { byDay, byCategory } = countUtilisation(events, demands, fleet, days);
        expect(byDay.map((one) => one.used)).toEqual(oracle);
        for (const one of byCategory) expect(one.used).toBe(used[one.category as 'a' | 'b']);
        for (const one of byDay) expect(shareOf(one)).toBeLessThanOrEqual(1);
        if (oracle.some((out) => out > 0)) usedRuns += 1;
      },
    ),
  );
  expect(usedRuns).toBeGreaterThan(10);
});

import { expect, it } from 'vitest';
import { leastPinDigits, waitAfterWrongPins } from './pins.ts';
import { permissionsByRole } from './roles.ts';

it('who may approve has a longer PIN', () => {
  expect(leastPinDigits(permissionsByRole.planner)).toBe(4);
  expect(leastPinDigits(permissionsByRole.manager)).toBe(6);
  expect(leastPinDigits(permissionsByRole.admin)).toBe(6);
});

it('slips wait for nothing, guessing waits longer and longer', () => {
  expect([0, 1, 2].map(waitAfterWrongPins)).toEqual([0, 0, 0]);
  expect([3, 4, 5].map(waitAfterWrongPins)).toEqual([30_000, 60_000, 120_000]);
  expect(waitAfterWrongPins(2_000)).toBe(3_600_000);
});

it('all of four digits take longer than a year', () => {
  const all = Array.from({ length: 10_000 }, (_, wrongCount) => waitAfterWrongPins(wrongCount));
  expect(all.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(365 * 24 * 3_600_000);
});

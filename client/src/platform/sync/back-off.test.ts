import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

it('doubles from half a second to ten seconds, half of it by chance', () => {
  const failures = [1, 2, 3, 4, 5, 6, 7, 2_000];
  expect(failures.map((count) => backOffMs(count, 0))).toEqual([
    500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000,
  ]);
  for (const count of failures) expect(backOffMs(count, 1)).toBe(2 * backOffMs(count, 0));
});

import { expect, test } from 'vitest';
import { Departures } from './departures.ts';

const op = (table: string, rowId: string, data: string | null) => ({ table, rowId, data });

function heard(departures: Departures): { count: number } {
  const seen = { count: 0 };
  departures.listen(() => {
    seen.count += 1;
  });
  return seen;
}

test('[SY27] a row that leaves is gone, one that comes back is not, one never seen is not', () => {
  const departures = new Departures(['users']);
  const news = heard(departures);
  expect(departures.has('users', 'a')).toBe(false);
  departures.stage([op('users', 'a', null), op('users', 'b', '{}'), op('assets', 'a', null)]);
  expect([departures.has('users', 'a'), news.count]).toEqual([false, 0]);
  departures.publish();
  expect([departures.has('users', 'a'), departures.has('users', 'b')]).toEqual([true, false]);
  expect(departures.has('assets', 'a')).toBe(false);
  expect(news.count).toBe(1);
  departures.stage([op('users', 'a', '{}')]);
  departures.publish();
  expect(departures.has('users', 'a')).toBe(false);
  expect(news.count).toBe(1);
});

test('[SY27] a row that only changes its bucket is not gone', () => {
  const departures = new Departures(['users']);
  departures.stage([op('users', 'a', null), op('users', 'a', '{}')]);
  departures.publish();
  expect(departures.has('users', 'a')).toBe(false);
});

test('[SY27] what the database holds takes the place of what was known', () => {
  const departures = new Departures(['users']);
  departures.stage([op('users', 'a', null)]);
  departures.publish();
  const news = heard(departures);
  departures.restore([{ table: 'users', rowId: 'b' }]);
  expect([departures.has('users', 'a'), departures.has('users', 'b')]).toEqual([false, true]);
  expect(news.count).toBe(1);
});

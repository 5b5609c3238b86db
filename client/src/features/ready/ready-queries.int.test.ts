import { describe, expect, test } from 'vitest';
import { openTestReplica } from '#testing/open-test-replica.ts';
import { READY_COUNTS, type ReadyCounts, ROAD_EVENTS, type RoadEvent } from './ready-queries.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T06:00:00.000000Z`;

function openFilled() {
  const replica = openTestReplica();
  const event = (id: string, status: string, from: number, to: number) =>
    replica.put('events', { id, name: id, status, load_at: day(from), return_at: day(to) });
  event('next', 'confirmed', 23, 26);
  event('later', 'in_prep', 24, 27);
  event('away', 'out', 20, 25);
  event('over', 'confirmed', 10, 12);
  event('off', 'cancelled', 23, 26);
  replica.put('pull_list_lines', { id: 'l1', event_id: 'next', product_id: 'p1', quantity: 4 });
  replica.put('pull_list_lines', { id: 'l2', event_id: 'next', product_id: 'p2', quantity: 2 });
  replica.put('pull_list_lines', { id: 'l3', event_id: 'later', product_id: 'p3', quantity: 9 });
  for (const [id, product] of Object.entries({ a1: 'p1', a2: 'p1', a3: 'p2', a4: 'p3' })) {
    replica.put('assets', { id, code: id, product_id: product });
  }
  replica.put('labels', { id: 'x1', value: 'A-1', asset_id: 'a1' });
  replica.put('labels', { id: 'x2', value: 'A-1b', asset_id: 'a1' });
  replica.put('labels', { id: 'x3', value: 'A-3', asset_id: 'a3' });
  return replica;
}

describe('what a device holds for the road', () => {
  test('are the events still to come, the next one first, what is out last', () => {
    using replica = openFilled();
    const rows = replica.getAll<RoadEvent>(ROAD_EVENTS, [day(22)]);
    expect(rows.map(({ id }) => id)).toEqual(['next', 'later', 'away']);
  });

  test('is counted for the chosen event', () => {
    using replica = openFilled();
    expect(replica.getAll<ReadyCounts>(READY_COUNTS, ['next'])).toEqual([
      { codeCount: 7, isHere: 1, lineCount: 2, wantedCount: 6, unitCount: 3 },
    ]);
    const nothing = { lineCount: 0, wantedCount: 0, unitCount: 0 };
    expect(replica.getAll(READY_COUNTS, ['gone'])).toEqual([{ codeCount: 7, isHere: 0, ...nothing }]);
    expect(replica.getAll(READY_COUNTS, [null])).toEqual([{ codeCount: 7, isHere: 0, ...nothing }]);
  });

  test('of an event is found by index', () => {
    using replica = openFilled();
    const scans = replica
      .planOf(READY_COUNTS, ['next'])
      .filter((step) => /SCAN (events|pull_list_lines)/.test(step));
    expect(scans).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { openTestReplica, type TestRow } from '#testing/open-test-replica.ts';
import type { Demand, Owned } from './count-utilisation.ts';
import {
  ACTIVITY,
  DEMANDS,
  EVENTS,
  type EventToCount,
  FLEET,
  LOST,
  type LostRow,
  OUT,
  type OutRow,
} from './dashboard-queries.ts';
import type { ActivityRow } from './group-activity.ts';

const asset = (id: string, rest: TestRow = {}): TestRow => ({
  id,
  product_id: 'spot',
  code: id.toUpperCase(),
  is_case: 0,
  place_kind: 'location',
  place_id: 'shelf',
  status: 'in_service',
  ...rest,
});

function openDepot() {
  const replica = openTestReplica();
  replica.put('products', { id: 'spot', category: 'light' }, { id: 'cable', category: 'power' });
  replica.put('vehicles', { id: 'van', name: 'Van' });
  replica.put('events', { id: 'gala', name: 'Gala', status: 'confirmed' }, { id: 'fair', name: 'Fair' });
  replica.put(
    'pull_list_lines',
    { id: 'l1', event_id: 'gala', product_id: 'spot', quantity: 3 },
    { id: 'l2', event_id: 'gala', product_id: 'spot', quantity: 4 },
  );
  replica.put(
    'assets',
    asset('a1'),
    asset('a2', { place_kind: 'event', place_id: 'gala' }),
    asset('a3', { place_kind: 'event', place_id: 'gala', status: 'lost' }),
    asset('a4', { place_kind: 'vehicle', place_id: 'van', for_event_id: 'gala' }),
    asset('a5', { place_kind: 'case', place_id: 'c1' }),
    asset('a6', { status: 'in_repair' }),
    asset('c1', { place_kind: 'event', place_id: 'gala', is_case: 1 }),
  );
  replica.put(
    'bulk_stock',
    { id: 'b1', product_id: 'cable', place_kind: 'location', place_id: 'shelf', quantity: 20 },
    { id: 'b2', product_id: 'cable', place_kind: 'event', place_id: 'gala', quantity: 5 },
    { id: 'b3', product_id: 'cable', place_kind: 'event', place_id: 'fair', quantity: -2 },
  );
  return replica;
}

test('what is owned, asked for, out and lost', () => {
  using replica = openDepot();
  expect(replica.getAll<Owned>(FLEET)).toEqual([
    { productId: 'cable', category: 'power', units: 25 },
    { productId: 'spot', category: 'light', units: 4 },
  ]);
  expect(replica.getAll<Demand>(DEMANDS)).toEqual([{ eventId: 'gala', productId: 'spot', units: 7 }]);
  // A thing and a case at the event, a thing on the van for it, five pieces.
  expect(replica.getAll<OutRow>(OUT)).toEqual([{ eventId: 'gala', units: 8 }]);
  expect(replica.getAll<LostRow>(LOST)).toEqual([{ lost: 1 }]);
  expect(replica.getAll<EventToCount>(EVENTS).map(({ id, wanted }) => [id, wanted])).toEqual([
    ['gala', 7],
    ['fair', 0],
  ]);
});

test('what people did, each once, what is not sent yet included', () => {
  using replica = openDepot();
  replica.put('users', { id: 'ada', name: 'Ada' });
  const movement = (id: string, minute: number, rest: TestRow = {}): TestRow => ({
    id,
    kind: 'check_out',
    asset_id: 'a2',
    effective_at: `2026-11-23T12:0${minute}:00.000000Z`,
    recorded_by: 'ada',
    to_kind: 'event',
    to_id: 'gala',
    ...rest,
  });
  replica.put('movements', movement('o1:0', 1), movement('o2:0', 2, { kind: 'undo', to_kind: null }));
  replica.guess('movements', 'o1', movement('o1:0', 1));
  replica.guess(
    'movements',
    'o3',
    movement('o3:0', 3, { asset_id: null, code: 'ODD', kind: 'move', to_kind: null }),
  );
  expect(replica.getAll<ActivityRow>(ACTIVITY)).toMatchObject([
    { id: 'o3:0', kind: 'move', what: 'ODD', who: 'Ada', eventId: null },
    { id: 'o1:0', kind: 'check_out', what: 'A2', who: 'Ada', eventName: 'Gala' },
  ]);
});

test('the newest facts, and what is out, are found without going through the stock', () => {
  using replica = openDepot();
  expect(replica.planOf(ACTIVITY).filter((step) => /SCAN movements USING INDEX/.test(step))).toHaveLength(1);
  expect(replica.planOf(OUT).filter((step) => /^SCAN a\b|^SCAN assets/.test(step))).toEqual([]);
});

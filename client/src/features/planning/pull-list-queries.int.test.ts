import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, test } from 'vitest';
import { openTestReplica, type TestReplica } from '#testing/open-test-replica.ts';
import { EVENT_SUMMARIES, type EventSummary } from './event-summaries-queries.ts';
import {
  type LineRow,
  OUT_AT_EVENT,
  type OutPiecesRow,
  type OutRow,
  PIECES_OUT_AT_EVENT,
  PULL_LIST_LINES,
  WHEREABOUTS,
  type WhereaboutsRow,
} from './pull-list-queries.ts';
import { inWalkingOrder, readPullList } from './read-pull-list.ts';

const event = 'event-1' as EventId;
const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000000Z`;

function putAsset(
  replica: TestReplica,
  id: string,
  product: string,
  place: [string, string],
  isCase = 0,
  forEvent: string | null = null,
) {
  replica.put('assets', {
    id,
    product_id: product,
    code: id.toUpperCase(),
    is_case: isCase,
    baseline_kind: 'location',
    baseline_id: 'shelf-b4',
    place_kind: place[0],
    place_id: place[1],
    for_event_id: forEvent,
    status: 'in_service',
    condition: 'ok',
  });
}

function fill(replica: TestReplica) {
  for (const [id, name, hour] of [
    ['event-1', 'Winterleuchten', 15],
    ['event-2', 'Alpina', 18],
  ] as const) {
    replica.put('events', {
      id,
      name,
      client_name: '',
      venue: 'Linz',
      status: 'in_prep',
      load_at: at(hour),
      starts_at: at(hour + 1),
      ends_at: at(hour + 2),
      return_at: at(hour + 3),
    });
  }
  for (const code of ['B4', 'B10', 'A1']) {
    replica.put('storage_locations', { id: `shelf-${code.toLowerCase()}`, kind: 'shelf', code, name: code });
  }
  for (const name of ['spot', 'wash', 'cable', 'rack']) {
    replica.put('products', { id: name, name, category: 'light', tracking: 'serialised' });
  }
  const line = (id: string, product_id: string, quantity: number, orderKey: string) =>
    replica.put('pull_list_lines', {
      id,
      pull_list_id: 'list-1',
      event_id: 'event-1',
      product_id,
      quantity,
      order_key: orderKey,
    });
  line('line-1', 'spot', 3, '1');
  line('line-2', 'wash', 2, '2');
  line('line-3', 'spot', 2, '3');
  putAsset(replica, 'spot-1', 'spot', ['event', 'event-1']);
  putAsset(replica, 'rack-1', 'rack', ['event', 'event-1'], 1);
  putAsset(replica, 'rack-2', 'rack', ['case', 'rack-1'], 1);
  putAsset(replica, 'spot-2', 'spot', ['case', 'rack-2']);
  putAsset(replica, 'cable-1', 'cable', ['case', 'rack-1']);
  putAsset(replica, 'rack-3', 'rack', ['location', 'shelf-b10'], 1);
  putAsset(replica, 'spot-3', 'spot', ['case', 'rack-3']);
  putAsset(replica, 'spot-4', 'spot', ['location', 'shelf-b4']);
  putAsset(replica, 'wash-1', 'wash', ['event', 'event-2']);
  putAsset(replica, 'wash-2', 'wash', ['location', 'shelf-a1']);
}

function readFrom(replica: TestReplica) {
  const lines = replica.getAll<LineRow>(PULL_LIST_LINES, [event]);
  const out = replica.getAll<OutRow>(OUT_AT_EVENT, [event, event, event]);
  const products = JSON.stringify([...new Set(lines.map((row) => row.productId))]);
  const pieces = replica.getAll<OutPiecesRow>(PIECES_OUT_AT_EVENT, [event]);
  return readPullList(event, lines, out, pieces, replica.getAll<WhereaboutsRow>(WHEREABOUTS, [products]));
}

describe('the pull list of an event', () => {
  test('counts what is out loose and in cases of any depth, and fills lines in their order', () => {
    using replica = openTestReplica();
    fill(replica);
    const list = readFrom(replica);
    expect(list.lines.map((line) => [line.productName, line.scannedCount, line.wantedCount])).toEqual([
      ['spot', 2, 3],
      ['wash', 0, 2],
      ['spot', 0, 2],
    ]);
    expect([list.scannedCount, list.wantedCount, list.missingCount]).toEqual([2, 7, 5]);
  });

  test('says where the missing lie: stock in walking order, then what is away, then what is nowhere', () => {
    using replica = openTestReplica();
    fill(replica);
    const list = readFrom(replica);
    expect(list.lines[0]?.lying).toEqual([
      { kind: 'here', locationCode: 'B4', caseCode: null, units: 1 },
      { kind: 'here', locationCode: 'B10', caseCode: 'RACK-3', units: 1 },
    ]);
    expect(list.lines[1]?.lying).toEqual([
      { kind: 'here', locationCode: 'A1', caseCode: null, units: 1 },
      { kind: 'away', eventName: 'Alpina', backAt: at(21), units: 1 },
    ]);
    expect(list.lines.map((line) => [line.hereCount, line.awayCount, line.nowhereCount])).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
    ]);
    expect(inWalkingOrder(list.lines).map((line) => line.productName)).toEqual(['wash', 'spot', 'spot']);
  });

  test('counts what stands in for the line that it fills, names it there, and not among what nobody asked for', () => {
    using replica = openTestReplica();
    fill(replica);
    replica.put('line_fillings', {
      id: `${event}:cable-1`,
      event_id: event,
      asset_id: 'cable-1',
      line_id: 'line-2',
    });
    const list = readFrom(replica);
    expect(list.lines[1]).toMatchObject({ scannedCount: 1, missingCount: 1, standIns: ['CABLE-1'] });
    expect(list.lines[0]).toMatchObject({ scannedCount: 2, standIns: [] });
    const [summary] = replica.getAll<EventSummary>(EVENT_SUMMARIES);
    expect(summary).toMatchObject({ wanted: list.wantedCount, scanned: list.scannedCount });
    expect(list.unlisted).toEqual([]);
  });

  test('lists what went out although nobody asked for it, cases left out', () => {
    using replica = openTestReplica();
    fill(replica);
    expect(readFrom(replica).unlisted).toEqual([
      { productId: 'cable', productName: 'cable', codes: ['CABLE-1'], count: 1 },
    ]);
  });

  test('loose pieces fill their line by number, on the event and in cases on it; the rest lies on shelves', () => {
    using replica = openTestReplica();
    fill(replica);
    replica.put('products', { id: 'tape', name: 'tape', tracking: 'consumable' });
    replica.put('pull_list_lines', {
      id: 'line-4',
      pull_list_id: 'list-1',
      event_id: 'event-1',
      product_id: 'tape',
      quantity: 20,
      order_key: '4',
    });
    const stock = (kind: string, place: string, quantity: number) =>
      replica.put('bulk_stock', {
        id: `tape:${kind}:${place}`,
        product_id: 'tape',
        place_kind: kind,
        place_id: place,
        quantity,
      });
    stock('event', 'event-1', 6);
    stock('case', 'rack-2', 5);
    stock('location', 'shelf-b4', 4);
    stock('location', 'shelf-a1', -3);
    const line = readFrom(replica).lines[3];
    expect(line).toMatchObject({ scannedCount: 11, missingCount: 9, hereCount: 4, nowhereCount: 5 });
    expect(line?.lying).toEqual([{ kind: 'here', locationCode: 'B4', caseCode: null, units: 4 }]);
    const [first] = replica.getAll<EventSummary>(EVENT_SUMMARIES);
    expect([first?.scanned, first?.wanted]).toEqual([13, 27]);
  });

  test('sees a scan of this device before the server has judged it', () => {
    using replica = openTestReplica();
    fill(replica);
    replica.guess('assets', 'op-1', {
      id: 'spot-4',
      product_id: 'spot',
      code: 'SPOT-4',
      is_case: 0,
      place_kind: 'event',
      place_id: 'event-1',
      status: 'in_service',
    });
    expect(readFrom(replica).scannedCount).toBe(3);
    const [first] = replica.getAll<EventSummary>(EVENT_SUMMARIES);
    expect([first?.name, first?.scanned, first?.wanted]).toEqual(['Winterleuchten', 3, 7]);
  });

  test('a surplus of one product does not make up for another', () => {
    using replica = openTestReplica();
    fill(replica);
    for (const id of ['spot-5', 'spot-6', 'spot-7', 'spot-8', 'spot-9'])
      putAsset(replica, id, 'spot', ['event', 'event-1']);
    const list = readFrom(replica);
    expect([list.scannedCount, list.missingCount, list.surplusCount]).toEqual([5, 2, 2]);
    expect(replica.getAll<EventSummary>(EVENT_SUMMARIES)[0]?.scanned).toBe(5);
  });

  test('what stands on a vehicle belongs to the event it was loaded for, and is at hand where it is for none', () => {
    using replica = openTestReplica();
    fill(replica);
    replica.put('vehicles', { id: 'truck-1', code: 'T1', name: 'Truck 1', plate: 'LL-1' });
    const load = (id: string, place: [string, string], forEvent: string | null, isCase = 0) =>
      putAsset(replica, id, isCase ? 'rack' : 'spot', place, isCase, forEvent);
    load('spot-6', ['vehicle', 'truck-1'], null);
    load('spot-7', ['vehicle', 'truck-1'], 'event-2');
    load('rack-4', ['vehicle', 'truck-1'], 'event-2', 1);
    load('spot-5', ['case', 'rack-4'], null);
    expect(readFrom(replica).lines[0]?.lying).toEqual(
      expect.arrayContaining([
        { kind: 'here', locationCode: 'T1', caseCode: null, units: 1 },
        { kind: 'away', eventName: 'Alpina', backAt: at(21), units: 1 },
        { kind: 'away', eventName: 'Alpina', backAt: at(21), units: 1 },
      ]),
    );
    expect(readFrom(replica).lines[0]?.lying).toHaveLength(5);
  });

  test('never reads all assets: each query goes by an index', () => {
    using replica = openTestReplica();
    for (const [sql, params] of [
      [OUT_AT_EVENT, [event, event, event]],
      [WHEREABOUTS, ['["spot"]']],
      [EVENT_SUMMARIES, []],
    ] as const) {
      const plan = replica.planOf(sql, params);
      expect(plan.filter((step) => /^SCAN assets\b/.test(step)).join('\n')).toBe('');
      expect(plan.some((step) => step.startsWith('SEARCH assets USING'))).toBe(true);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { openTestReplica } from '#testing/open-test-replica.ts';
import {
  FACTS_OF_STOCK,
  SHORT_STOCK,
  type ShortStock,
  type StockFact,
  takersOf,
} from './bulk-short-queries.ts';
import {
  type ConflictCountRow,
  type ConflictRow,
  OPEN_CONFLICT_COUNTS,
  OPEN_CONFLICTS,
  SETTLED_CONFLICTS,
  SIDES,
  type SideRow,
} from './conflict-queries.ts';
import { readConflicts, settleCounts, sidesOf } from './read-conflicts.ts';

const at = (minute: number) => `2026-11-26T14:${String(minute).padStart(2, '0')}:00.000000Z`;

function openFilled() {
  const replica = openTestReplica();
  replica.put('products', { id: 'mega', name: 'MegaPointe' });
  replica.put('events', { id: 'e1', name: 'Winterleuchten' }, { id: 'e2', name: 'Alpina' });
  replica.put('storage_locations', { id: 's1', code: 'B4-1', name: 'B4-1', kind: 'shelf' });
  replica.put('users', { id: 'u1', name: 'Jana' }, { id: 'u2', name: 'Emre' });
  replica.put('devices', { id: 'd1', name: 'Dock 2 phone' });
  replica.put('assets', {
    id: 'a1',
    product_id: 'mega',
    code: 'A-0418',
    place_kind: 'event',
    place_id: 'e2',
    is_case: 0,
  });
  const movement = (id: string, to: string, minute: number, who: string, device: string) =>
    replica.put('movements', {
      id,
      operation_id: id.slice(0, -2),
      asset_id: 'a1',
      kind: 'check_out',
      effective_at: at(minute),
      device_id: device,
      sequence: 1,
      recorded_by: who,
      to_kind: 'event',
      to_id: to,
      observed_kind: 'location',
      observed_id: 's1',
      observed_status: 'in_service',
      received_at: at(30),
    });
  movement('op1:0', 'e1', 6, 'u1', 'd1');
  movement('op2:0', 'e2', 9, 'u2', 'unregistered');
  const conflict = (id: string, status: string, minute: number, rest: object) =>
    replica.put('conflicts', { id, status, opened_at: at(minute), class: 'double_check_out', ...rest });
  conflict('c1', 'open', 9, { asset_id: 'a1', first_movement_id: 'op1:0', second_movement_id: 'op2:0' });
  conflict('c2', 'open', 12, { class: 'unknown_code', code: 'ZZ-9', event_id: 'e1', operation_id: 'op3' });
  conflict('c3', 'settled', 2, { asset_id: 'a1', settled_by_movement_id: 'op2:0' });
  return replica;
}

describe('conflicts', () => {
  test('come newest first, with both sides in words', () => {
    using replica = openFilled();
    const rows = replica.getAll<ConflictRow>(OPEN_CONFLICTS);
    const shown = readConflicts(rows, replica.getAll<SideRow>(SIDES, [sidesOf(rows)]));
    expect(shown.map((conflict) => [conflict.class, conflict.title])).toEqual([
      ['unknown_code', 'ZZ-9'],
      ['double_check_out', 'A-0418'],
    ]);
    expect(shown[1]?.first).toMatchObject({
      who: 'Jana',
      device: 'Dock 2 phone',
      toName: 'Winterleuchten',
      observedName: 'B4-1',
    });
    expect(shown[1]?.second).toMatchObject({ who: 'Emre', device: null, toName: 'Alpina' });
    expect(shown[0]).toMatchObject({ eventName: 'Winterleuchten', first: null, second: null });
  });

  test('settled ones name the fact that settled them', () => {
    using replica = openFilled();
    const rows = replica.getAll<ConflictRow>(SETTLED_CONFLICTS);
    const [settled] = readConflicts(rows, replica.getAll<SideRow>(SIDES, [sidesOf(rows)]));
    expect(settled?.settledBy?.who).toBe('Emre');
  });

  test('are counted by the mark they wear, a guess of this device on top', () => {
    using replica = openFilled();
    const counts = () => settleCounts(replica.getAll<ConflictCountRow>(OPEN_CONFLICT_COUNTS));
    expect(counts()).toEqual({ wrong_event: 1, unknown: 1, blocked: 0 });
    replica.guess('conflicts', 'op-9', {
      id: 'c1',
      class: 'double_check_out',
      status: 'settled',
      opened_at: at(9),
    });
    expect(counts()).toEqual({ wrong_event: 0, unknown: 1, blocked: 0 });
  });

  test('a stock below nothing names product, place, number, and everybody who took from the last count on', () => {
    using replica = openFilled();
    replica.put('products', { id: 'tape', name: 'Gaffer tape' });
    const stockId = 'tape:location:s1';
    replica.put('bulk_stock', {
      id: stockId,
      product_id: 'tape',
      place_kind: 'location',
      place_id: 's1',
      quantity: -2,
    });
    const fact = (id: string, minute: number, kind: string, quantity: number, who: string) =>
      replica.put('bulk_movements', {
        id,
        stock_id: stockId,
        operation_id: id.slice(0, -2),
        kind,
        quantity,
        effective_at: at(minute),
        device_id: 'd1',
        recorded_by: who,
        other_kind: 'event',
        other_id: 'e1',
        received_at: at(40),
      });
    fact('b0:0', 1, 'move_bulk', -50, 'u1');
    fact('b1:0', 2, 'count_bulk', 5, 'u1');
    fact('b2:0', 3, 'move_bulk', -3, 'u1');
    fact('b3:0', 4, 'move_bulk', -1, 'u1');
    replica.put('bulk_movements', {
      id: 'b4:0',
      stock_id: stockId,
      operation_id: 'b4',
      kind: 'undo',
      undoes_operation_id: 'b3',
      device_id: 'd1',
      effective_at: at(5),
    });
    fact('b5:0', 6, 'move_bulk', -4, 'u2');
    replica.put('conflicts', {
      id: 'bulk_short:b5:0',
      class: 'bulk_short',
      status: 'open',
      subject: `bulk:${stockId}`,
      second_movement_id: 'b5:0',
      opened_at: at(20),
    });
    const [short] = readConflicts(replica.getAll<ConflictRow>(OPEN_CONFLICTS), []);
    expect(short).toMatchObject({ title: 'Gaffer tape', stockPlaceName: 'B4-1', stockQuantity: -2 });
    const [stock] = replica.getAll<ShortStock>(SHORT_STOCK, ['bulk_short:b5:0']);
    expect(stock).toMatchObject({ id: stockId, productName: 'Gaffer tape', placeName: 'B4-1' });
    const { basis, takers } = takersOf(replica.getAll<StockFact>(FACTS_OF_STOCK, [stockId]), 'b5:0');
    expect(basis).toMatchObject({ kind: 'count_bulk', quantity: 5 });
    expect(takers.map(({ who, quantity, otherName }) => [who, quantity, otherName])).toEqual([
      ['Jana', -3, 'Winterleuchten'],
      ['Emre', -4, 'Winterleuchten'],
    ]);
  });

  test('reads by index, never all movements or assets', () => {
    using replica = openFilled();
    for (const [sql, params] of [
      [OPEN_CONFLICTS, []],
      [SIDES, ['["op1:0"]']],
    ] as const) {
      expect(replica.planOf(sql, params).join('\n')).not.toMatch(/SCAN (assets|movements|conflicts)\b/);
    }
  });
});

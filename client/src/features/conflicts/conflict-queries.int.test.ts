import { describe, expect, test } from 'vitest';
import { openTestReplica } from '#testing/open-test-replica.ts';
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

import { describe, expect, it } from 'vitest';
import type { OperationId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import type { Movement } from '#ledger/movement.ts';
import { noDetails } from '#operations/stated-facts.ts';
import type { RowOf } from '#schema/row-types.ts';
import { itemIds } from '#test/arbitrary-ledger.ts';
import { testId, testInstant } from '#test/test-ids.ts';
import { quantityAsOf, statesAsOf } from './expected-as-of.ts';
import { isMissing, judgeSeen, suggestionFor } from './judge-seen.ts';
import { isLateCount, lateNewsOf } from './late-news.ts';

const shelf: Place = { kind: 'location', id: testId('location', 1) };
const other: Place = { kind: 'location', id: testId('location', 2) };
const gala: Place = { kind: 'event', id: testId('event', 1) };
const [lamp = testId('asset', 1)] = itemIds;
const own = testId<OperationId>('operation', 50);
const none: ReadonlySet<OperationId> = new Set();

describe('what the books had', () => {
  it('[ST12] counts what happened up to then, late or not, and leaves out what came after and what was taken back', () => {
    const told = [moved(5, other), moved(9, gala), undo(20, 5)];
    expect(placeAt(told, 7)).toEqual(shelf);
    expect(placeAt([moved(5, other), moved(9, gala)], 7)).toEqual(other);
    expect(placeAt([moved(9, gala), moved(5, other)], 9)).toEqual(gala);
  });

  it('[ST12] leaves out what the stocktake itself changed', () => {
    const told = [{ ...moved(7, other), operationId: own, kind: 'approve_stocktake' as const }];
    expect(placeAt(told, 7)).toEqual(other);
    expect(placeAt(told, 7, new Set([own]))).toEqual(shelf);
  });

  it('[ST12] of loose pieces: counts and moves up to then', () => {
    const facts = [fact(1, 'count_bulk', 10), fact(4, 'move_bulk', -3), fact(8, 'move_bulk', -2)];
    const at = (second: number, without = none) =>
      quantityAsOf('p:location:l', facts, { at: testInstant(second), without });
    expect([at(0), at(3), at(4), at(9)]).toEqual([0, 10, 7, 5]);
    const adjusted = [...facts, { ...fact(5, 'approve_stocktake', 6), operation_id: own }];
    expect(quantityAsOf('p:location:l', adjusted, { at: testInstant(9), without: none })).toBe(4);
    expect(quantityAsOf('p:location:l', adjusted, { at: testInstant(9), without: new Set([own]) })).toBe(5);
  });
});

describe('what a counted thing is', () => {
  it.each([
    ['unknown_code', null, shelf],
    ['unexpected', { place: gala, status: 'in_service' }, shelf],
    ['unexpected', { place: shelf, status: 'lost' }, shelf],
    ['unexpected', { place: shelf, status: 'retired' }, shelf],
    ['found_here', { place: shelf, status: 'in_service' }, other],
    ['found_here', { place: shelf, status: 'quarantined' }, other],
    ['no_home', { place: other, status: 'in_service' }, gala],
    ['wrong_place', { place: other, status: 'in_service' }, other],
    ['wrong_place', { place: null, status: 'in_service' }, other],
  ] as const)('[ST13] %s', (outcome, expected, home) => {
    expect(judgeSeen(shelf, expected, home)).toBe(outcome);
  });

  it('[ST13] every difference has a proposal, and what is as expected has none', () => {
    const outcomes = [
      'wrong_place',
      'no_home',
      'unexpected',
      'unknown_code',
      'missing',
      'differs',
      'quantity',
    ] as const;
    expect(outcomes.map(suggestionFor)).toEqual([
      'found',
      'found',
      'found',
      'assign_code',
      'missing',
      'recount',
      'quantity',
    ]);
    expect(suggestionFor('found_here')).toBeNull();
  });

  it('[ST14] missing is what nobody saw, neither itself nor its case, where it should be', () => {
    const here = { place: shelf, status: 'in_service' } as const;
    const unseen = { itself: false, caseAround: false };
    const inScope = (place: Place) => place.id === shelf.id;
    expect(isMissing(here, inScope, unseen)).toBe(true);
    expect(isMissing({ ...here, status: 'quarantined' }, inScope, unseen)).toBe(true);
    for (const [expected, seen] of [
      [here, { ...unseen, itself: true }],
      [here, { ...unseen, caseAround: true }],
      [{ ...here, place: other }, unseen],
      [{ ...here, place: null }, unseen],
      [{ ...here, status: 'lost' }, unseen],
      [{ ...here, status: 'retired' }, unseen],
    ] as const) {
      expect(isMissing(expected, inScope, seen)).toBe(false);
    }
  });

  it('[ST15] what differs from what was confirmed is told, and a count after the close is late', () => {
    const same = (a: number, b: number) => a === b;
    const confirmed = { expected: 10, counted: 9 };
    expect(lateNewsOf({ confirmed, now: confirmed }, same)).toEqual([]);
    expect(lateNewsOf({ confirmed, now: { expected: 9, counted: 9 } }, same)).toEqual(['late_fact']);
    expect(lateNewsOf({ confirmed, now: { expected: 9, counted: 8 } }, same)).toEqual([
      'late_fact',
      'late_count',
    ]);
    expect(isLateCount(testInstant(5), testInstant(4))).toBe(true);
    expect(isLateCount(testInstant(4), testInstant(4))).toBe(false);
    expect([isLateCount(null, testInstant(4)), isLateCount(testInstant(4), null)]).toEqual([false, false]);
  });
});

function placeAt(movements: readonly Movement[], second: number, without = none): Place | undefined {
  const assets = [{ id: lamp, baseline: shelf }];
  return statesAsOf(assets, movements, { at: testInstant(second), without }).get(lamp)?.place;
}

function moved(second: number, to: Place): Movement {
  return {
    ...noDetails,
    id: testId('line', second),
    operationId: testId('operation', second),
    assetId: lamp,
    code: null,
    namedAssetId: lamp,
    kind: to.kind === 'event' ? 'check_out' : 'move',
    effectiveAt: testInstant(second),
    deviceId: testId('device', 1),
    sequence: second,
    recordedBy: testId('user', 1),
    to,
    observed: null,
    undoesOperationId: null,
    receivedAt: null,
  };
}

function undo(second: number, of: number): Movement {
  return { ...moved(second, shelf), kind: 'undo', to: null, undoesOperationId: testId('operation', of) };
}

function fact(second: number, kind: string, quantity: number): RowOf<'bulk_movements'> {
  return {
    id: `f${second}${kind}`,
    stock_id: 'p:location:l',
    operation_id: testId('operation', second),
    kind,
    effective_at: testInstant(second),
    device_id: 'd',
    sequence: second,
    recorded_by: 'u',
    undoes_operation_id: null,
    received_at: null,
    quantity,
    other_kind: null,
    other_id: null,
    disposition: null,
    note: null,
  };
}

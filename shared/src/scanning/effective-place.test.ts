import { describe, expect, it } from 'vitest';
import type { AssetId, EventId, VehicleId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import { testId } from '#test/test-ids.ts';
import { effectivePlace, type Whereabouts } from './effective-place.ts';

const [inner, outer, unknown] = [1, 2, 3].map((n) => testId<AssetId>('case', n)) as [
  AssetId,
  AssetId,
  AssetId,
];
const eventId = testId<EventId>('event', 1);
const gala: Place = { kind: 'event', id: eventId };
const truck: Place = { kind: 'vehicle', id: testId<VehicleId>('vehicle', 1) };
const inCase = (id: AssetId): Whereabouts => ({ place: { kind: 'case', id }, eventId: null });

function through(outermost: Whereabouts) {
  const known = new Map([
    [inner, inCase(outer)],
    [outer, outermost],
  ]);
  return (id: AssetId) => known.get(id);
}

describe('effectivePlace', () => {
  it.each([
    ['an event', { place: gala, eventId }],
    ['a vehicle on its way to an event', { place: truck, eventId }],
    ['a vehicle', { place: truck, eventId: null }],
  ] as const)('[SC3] is %s itself, or that of the outermost case', (_, at) => {
    expect(effectivePlace(at, () => undefined)).toEqual({ ...at, caseIds: [] });
    expect(effectivePlace(inCase(inner), through(at))).toEqual({ ...at, caseIds: [inner, outer] });
  });

  it('[SC3] is unknown through an unknown case and in a circle', () => {
    const nowhere = { place: null, eventId: null };
    expect(effectivePlace(inCase(unknown), () => undefined)).toEqual({ ...nowhere, caseIds: [unknown] });
    expect(effectivePlace(inCase(inner), through(inCase(inner)))).toEqual({
      ...nowhere,
      caseIds: [inner, outer],
    });
  });
});

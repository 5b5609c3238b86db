import { describe, expect, it } from 'vitest';
import type { AssetId } from '#kernel/ids.ts';
import type { Place } from '#ledger/asset-state.ts';
import { testId } from '#test/test-ids.ts';
import { effectivePlace } from './effective-place.ts';

const [inner, outer, unknown] = [1, 2, 3].map((n) => testId<AssetId>('case', n)) as [
  AssetId,
  AssetId,
  AssetId,
];
const gala: Place = { kind: 'event', id: testId('event', 1) };
const placesByCaseId = new Map<AssetId, Place>([
  [inner, { kind: 'case', id: outer }],
  [outer, gala],
]);
const placeOfCase = (id: AssetId) => placesByCaseId.get(id);

describe('effectivePlace', () => {
  it('[SC3] is the place itself, or that of the outermost case', () => {
    expect(effectivePlace(gala, placeOfCase)).toEqual({ place: gala, caseIds: [] });
    expect(effectivePlace({ kind: 'case', id: inner }, placeOfCase)).toEqual({
      place: gala,
      caseIds: [inner, outer],
    });
  });

  it('[SC3] is unknown through an unknown case and in a circle', () => {
    expect(effectivePlace({ kind: 'case', id: unknown }, placeOfCase)).toEqual({
      place: null,
      caseIds: [unknown],
    });
    const circle = (id: AssetId): Place => ({ kind: 'case', id: id === inner ? outer : inner });
    expect(effectivePlace({ kind: 'case', id: inner }, circle)).toEqual({
      place: null,
      caseIds: [inner, outer],
    });
  });
});

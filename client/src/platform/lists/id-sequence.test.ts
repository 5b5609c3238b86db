import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idSequence, placeNow } from './id-sequence.ts';

const arbitraryIds = fc.oneof(
  fc.uniqueArray(fc.uuid(), { maxLength: 20 }),
  // Of other lengths, as no index can tell where they stand.
  fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 20 }),
);
const sequenceOf = (ids: readonly string[]) => idSequence(ids.join(','), ids.length);

describe('ids in their order', () => {
  it('are found by their place, and their place by them', () => {
    fc.assert(
      fc.property(arbitraryIds, fc.uuid(), (ids, stranger) => {
        const sequence = sequenceOf(ids);
        expect(sequence.count).toBe(ids.length);
        expect(ids.map((_, index) => sequence.at(index))).toEqual(ids);
        expect(ids.map((id) => sequence.indexOf(id))).toEqual(ids.map((_, index) => index));
        expect(sequence.at(ids.length)).toBeUndefined();
        expect(sequence.at(-1)).toBeUndefined();
        if (!ids.includes(stranger)) expect(sequence.indexOf(stranger)).toBe(-1);
      }),
      runs(300),
    );
  });

  it('say where a row stands after the list has moved, and that it has gone', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 }).chain((ids) =>
          fc.record({
            before: fc.constant(ids),
            after: fc.shuffledSubarray(ids),
            index: fc.nat(ids.length - 1),
          }),
        ),
        ({ before, after, index }) => {
          const id = before[index] ?? null;
          const now = placeNow(sequenceOf(after), { index, id });
          if (id !== null && after.includes(id)) expect(after[now]).toBe(id);
          else expect(now).toBe(-1);
          expect(placeNow(sequenceOf(after), { index, id: null })).toBe(index);
        },
      ),
      runs(300),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, MARK_BYTES } from './entries.ts';
import { findTampering } from './find-tampering.ts';

const entry = (id: number): Entry => {
  const hash = Buffer.alloc(32, id);
  return { moment: '1', source: 'audit_log', id: String(id), hash };
};
const marksOf = (entries: readonly Entry[]) =>
  Buffer.concat(entries.map(({ hash }) => hash.subarray(0, MARK_BYTES)));
const name = (id: number) => ({ source: 'audit_log', id: String(id) });

describe('the first entry that does not fit', () => {
  const linked = [1, 2, 3, 4].map(entry);

  test.each([
    ['changed', [1, 9, 3, 4], { problem: 'changed', entry: name(9), after: name(1) }],
    ['changed, the last', [1, 2, 3, 9], { problem: 'changed', entry: name(9), after: name(3) }],
    ['removed', [1, 2, 4], { problem: 'removed', entry: null, after: name(2) }],
    ['removed, the first', [2, 3, 4], { problem: 'removed', entry: null, after: null }],
    ['removed, the last', [1, 2, 3], { problem: 'removed', entry: null, after: name(3) }],
    ['inserted', [1, 9, 2, 3, 4], { problem: 'inserted', entry: name(9), after: name(1) }],
    ['inserted, the last', [1, 2, 3, 4, 9], { problem: 'inserted', entry: name(9), after: name(4) }],
  ])('%s', (_what, found, tampering) => {
    expect(findTampering(marksOf(linked), found.map(entry))).toEqual(tampering);
  });

  test('is found wherever it is', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.constantFrom('changed', 'removed', 'inserted'),
        (ids, place, problem) => {
          const at = place % ids.length;
          const found = ids.map(entry);
          found.splice(at, problem === 'inserted' ? 0 : 1, ...(problem === 'removed' ? [] : [entry(255)]));
          expect(findTampering(marksOf(ids.map(entry)), found)).toEqual({
            problem,
            entry: problem === 'removed' ? null : name(255),
            after: at === 0 ? null : name(ids[at - 1] ?? 0),
          });
        },
      ),
    );
  });
});

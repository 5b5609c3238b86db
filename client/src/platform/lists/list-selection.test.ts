import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idSequence } from './id-sequence.ts';
import {
  idsBetween,
  isSelected,
  type ListSelection,
  noSelection,
  selectedCount,
  selectedIds,
  withSelected,
} from './list-selection.ts';

const uuid = (index: number) => `01900004-0000-7000-8000-${String(index).padStart(12, '0')}`;

describe('what is chosen in a list', () => {
  it('is what a plain set of ids would hold, after any steps', () => {
    const step = fc.oneof(
      fc.record({ at: fc.nat(29), to: fc.nat(29), isWanted: fc.boolean() }),
      fc.constantFrom('all' as const, 'none' as const),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(step, { maxLength: 12 }), (count, steps) => {
        const all = Array.from({ length: count }, (_, index) => uuid(index));
        const ids = idSequence(all.join(','), count);
        let plain = new Set<string>();
        let selection: ListSelection = noSelection;
        for (const one of steps) {
          if (one === 'all') [selection, plain] = [{ kind: 'all', except: new Set() }, new Set(all)];
          else if (one === 'none') [selection, plain] = [noSelection, new Set()];
          else {
            const range = idsBetween(ids, one.at, one.to);
            selection = withSelected(selection, range, one.isWanted);
            for (const id of range) one.isWanted ? plain.add(id) : plain.delete(id);
          }
        }
        expect(selectedIds(selection, ids)).toEqual(all.filter((id) => plain.has(id)));
        expect(selectedCount(selection, count)).toBe(plain.size);
        expect(all.filter((id) => isSelected(selection, id))).toEqual(all.filter((id) => plain.has(id)));
      }),
      runs(300),
    );
  });

  it('finds ids of one length where they stand, and others one by one', () => {
    const found = idSequence([uuid(0), uuid(1)].join(','), 2);
    expect([-1, 0, 1, 2].map((index) => found.at(index))).toEqual([undefined, uuid(0), uuid(1), undefined]);
    expect(idSequence('a,bc', 2).at(1)).toBe('bc');
    expect(idSequence('', 0)).toMatchObject({ count: 0 });
  });
});

import { runs } from '@eventkit/shared/test/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepViews, loadViews } from './saved-views.ts';
import { arbitraryState, testFirst, testSource } from './testing/test-list.ts';

function openMemory(): Pick<Storage, 'getItem' | 'setItem'> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

describe('views that a person keeps', () => {
  it('are there again as they were, and are nobody else’s', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), state: arbitraryState }), { maxLength: 4 }),
        (some) => {
          const memory = openMemory();
          const views = some.map((view, index) => ({ id: `v${index}`, ...view }));
          expect(keepViews(memory, 'jana', testSource, views)).toBe(true);
          expect(loadViews(memory, 'jana', testSource, testFirst)).toEqual(views);
          expect(loadViews(memory, 'emre', testSource, testFirst)).toEqual([]);
        },
      ),
      runs(200),
    );
  });

  it('that cannot be read are left out, and a full device says so', () => {
    const memory = openMemory();
    for (const text of [
      '',
      '{',
      '3',
      'null',
      '[null, 3, {"id": 1}, {"id": "v", "name": "V", "address": 3}]',
    ]) {
      memory.setItem('eventkit.views.jana.test', text);
      const names = loadViews(memory, 'jana', testSource, testFirst).map(({ name }) => name);
      expect(names).toEqual(text.startsWith('[') ? ['V'] : []);
    }
    const full = {
      ...memory,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(keepViews(full, 'jana', testSource, [])).toBe(false);
  });
});

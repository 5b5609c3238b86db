import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { isOrderKey, LONGEST_ORDER_KEY, orderKeyBetween, orderKeysFor } from './order-key.ts';

describe('keys of places in a list', () => {
  it('[FE15] a key fits between any two, however often something is put there', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (places) => {
        const keys = orderKeysFor(3);
        for (const place of places) {
          const at = place % (keys.length + 1);
          keys.splice(at, 0, orderKeyBetween(keys[at - 1] ?? null, keys[at] ?? null));
        }
        expect(keys.toSorted()).toEqual(keys);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.every(isOrderKey)).toBe(true);
      }),
      runs(300),
    );
  });

  it('[FE15] stays short enough at one spot, at the front and at the end', () => {
    let [first, last, before] = ['i', 'i', '1'];
    for (let n = 0; n < 1_000; n += 1) {
      first = orderKeyBetween(null, first);
      last = orderKeyBetween(last, null);
      before = orderKeyBetween(before, '2');
    }
    expect(Math.max(first.length, last.length, before.length)).toBeLessThan(LONGEST_ORDER_KEY);
  });

  it('[FE15] a whole list gets keys in its order', () => {
    for (const count of [0, 1, 35, 36, 1_300]) {
      const keys = orderKeysFor(count);
      expect(keys).toHaveLength(count);
      expect(keys.toSorted()).toEqual(keys);
      expect(keys.every(isOrderKey)).toBe(true);
    }
  });

  it('takes no neighbours that are in the wrong order', () => {
    expect(() => orderKeyBetween('2', '2')).toThrow('not before');
    expect(isOrderKey('10')).toBe(false);
    expect(isOrderKey('A')).toBe(false);
  });
});

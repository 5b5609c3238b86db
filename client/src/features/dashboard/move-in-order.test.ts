import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveInOrder } from './move-in-order.ts';

test('what is moved stands there, and the others keep their order', () => {
  const ids = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(ids, fc.nat(7), fc.nat(7), (order, from, to) => {
      const id = order[from % order.length] as string;
      const place = to % order.length;
      const moved = moveInOrder(order, id, place);
      expect(moved.indexOf(id)).toBe(place);
      expect(moved.filter((one) => one !== id)).toEqual(order.filter((one) => one !== id));
    }),
  );
});

test('there is no way out at either end', () => {
  const order = ['a', 'b'];
  expect(moveInOrder(order, 'a', -1)).toBe(order);
  expect(moveInOrder(order, 'b', 2)).toBe(order);
  expect(moveInOrder(order, 'x', 0)).toBe(order);
});

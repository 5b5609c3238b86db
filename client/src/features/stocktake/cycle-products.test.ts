import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { expect, test } from 'vitest';
import { type CycleProduct, matching, matchingCategories } from './cycle-products.ts';

const product = (name: string, category: string, countedAt: string | null): CycleProduct => ({
  id: name as ProductId,
  name,
  category,
  countedAt: countedAt as Instant | null,
});
const never = product('XLR 10 m', 'Cable', null);
const long = product('Robe MegaPointe', 'Moving Head', '2026-01-01');
const lately = product('Schuko 5 m', 'Cable', '2026-10-01');
const bare = product('Odds and ends', '', null);

test('a category is as long uncounted as the product of it that is so for longest', () => {
  expect(matchingCategories([never, bare, long, lately], '')).toEqual([
    { name: 'Cable', products: [never, lately], countedAt: null },
    { name: 'Moving Head', products: [long], countedAt: '2026-01-01' },
  ]);
});

test('a category is found by its own name, and is all of its products whatever else was typed', () => {
  const all = [never, long, lately];
  expect(matchingCategories(all, 'cab')).toMatchObject([{ name: 'Cable', products: [never, lately] }]);
  expect(matchingCategories(all, 'xlr')).toEqual([]);
});

test('every typed word is to be found in the name or in the category', () => {
  const all = [never, bare, long, lately];
  expect(matching(all, ' cable 10')).toEqual([never]);
  expect(matching(all, 'MOVING')).toEqual([long]);
  expect(matching(all, '')).toEqual(all);
  expect(matching(all, 'cable robe')).toEqual([]);
});

import { expect, test } from 'vitest';
import { linesOf, rowsOf, tableOf } from './print-answer.ts';

test('a list is what has one list of things in it', () => {
  expect(rowsOf({ assets: [{ code: 'A-1' }], nextPageToken: 'x' })).toEqual([{ code: 'A-1' }]);
  expect(rowsOf({ permissions: ['a', 'b'] })).toBeNull();
  expect(rowsOf({ name: 'Lea' })).toBeNull();
  expect(rowsOf({ keys: [], permissions: [] })).toBeNull();
});

test('a table has a column for each value, and nothing in it moves the terminal', () => {
  const table = tableOf([
    { code: 'A-0001', name: 'Mega\u001b[31mPointe', place: { id: 'x' } },
    { code: 'A-2', count: 3, name: 'x'.repeat(60) },
  ]);
  expect(table.split('\n').map((line) => line.slice(0, 40))).toEqual([
    'code    name                            ',
    'A-0001  Mega [31mPointe',
    `A-2     ${'x'.repeat(32)}`,
  ]);
  expect(table.split('\n')[0]).toMatch(/count$/);
});

test('anything else is lines of names and values', () => {
  expect(linesOf({ name: 'Lea', company: { name: 'Nord' }, rights: ['a', 'b'] })).toBe(
    'name: Lea\ncompany:\n  name: Nord\nrights: a, b',
  );
});

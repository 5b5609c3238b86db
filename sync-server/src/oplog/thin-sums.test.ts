import { expect, test } from 'vitest';
import { thinEntries } from './thin-sums.ts';

const entries = (...numbers: number[]) => numbers.map((opId) => ({ opId, checksum: opId, isRun: false }));
const none = () => false;

test('what lies between kept operations becomes one number, and a line ends with its own', () => {
  const kept = new Set([3, 4]);
  expect(
    thinEntries(entries(1, 2, 3, 4, 5, 6, 7, 9), {
      isKept: (opId) => kept.has(opId),
      isLineEnd: (opId) => opId === 6,
    }),
  ).toEqual([
    { opId: 2, checksum: 3, isRun: true },
    ...entries(3, 4),
    { opId: 6, checksum: 11, isRun: true },
    { opId: 9, checksum: 16, isRun: true },
  ]);
});

test('a single one stays what it is, and runs grow together when what was kept between them goes', () => {
  expect(thinEntries(entries(1), { isKept: none, isLineEnd: none })).toEqual(entries(1));
  const before = [
    { opId: 4, checksum: 2 ** 32 - 1, isRun: true },
    ...entries(5),
    { opId: 8, checksum: 3, isRun: true },
  ];
  expect(thinEntries(before, { isKept: none, isLineEnd: none })).toEqual([
    { opId: 8, checksum: 7, isRun: true },
  ]);
  expect(thinEntries([], { isKept: none, isLineEnd: none })).toEqual([]);
});

import { expect, test } from 'vitest';
import { createTransactionReader, type WalPart } from './transaction-reader.ts';

const int = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, bytes - Math.min(bytes, 6), Math.min(bytes, 6));
  return buffer;
};
const text = (value: string) => Buffer.from(`${value}\0`);

const begin = Buffer.concat([Buffer.from('B'), int(7, 8), int(0, 8), int(1, 4)]);
const commit = Buffer.concat([Buffer.from('C\0'), int(7, 8), int(9, 8), int(0, 8)]);
const relation = Buffer.concat([
  Buffer.from('R'),
  int(5, 4),
  text('public'),
  text('notes'),
  Buffer.from('d'),
  int(1, 2),
  Buffer.from([1]),
  text('id'),
  int(25, 4),
  int(0, 4),
]);
const insert = (value: string) =>
  Buffer.concat([
    Buffer.from('I'),
    int(5, 4),
    Buffer.from('N'),
    int(1, 2),
    Buffer.from('t'),
    int(value.length, 4),
    Buffer.from(value),
  ]);

function read(messages: readonly Buffer[]): WalPart[] {
  const parts: WalPart[] = [];
  const take = createTransactionReader((part) => parts.push(part));
  for (const message of messages) take(message);
  return parts;
}

test('a large transaction is handed on in parts, by the number of its rows', () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => insert(String(index)));
  const parts = read([begin, relation, ...rows, commit]);
  expect(parts.map((part) => part.changes.length)).toEqual([5000, 5000, 2000]);
  expect(parts.map((part) => part.end)).toEqual([null, null, 9n]);
});

test('and by their size: a few large rows fill a part as well', () => {
  const parts = read([
    begin,
    relation,
    ...Array.from({ length: 20 }, () => insert('x'.repeat(1_000_000))),
    commit,
  ]);
  expect(parts.flatMap((part) => part.changes)).toHaveLength(20);
  for (const part of parts) expect(part.bytes).toBeLessThan(6_000_000);
  expect(parts.map((part) => part.end === null)).toEqual([true, true, true, true, false]);
});

import { describe, expect, it } from 'vitest';
import { keyAt, keyAtEnd } from './move-line.ts';

const lines = ['1', '2', '2', '3'].map((order_key, index) => ({ id: `line-${index}`, order_key }));

function moved(id: string, index: number): string[] {
  const key = keyAt(lines, id, index);
  return lines
    .map((line) => (line.id === id && key !== null ? { ...line, order_key: key } : line))
    .toSorted((a, b) =>
      a.order_key < b.order_key ? -1 : a.order_key > b.order_key ? 1 : a.id < b.id ? -1 : 1,
    )
    .map((line) => line.id);
}

describe('where a line goes', () => {
  it.each([
    ['line-0', 3, ['line-1', 'line-2', 'line-3', 'line-0']],
    ['line-3', 0, ['line-3', 'line-0', 'line-1', 'line-2']],
    ['line-3', 1, ['line-0', 'line-3', 'line-1', 'line-2']],
    ['line-0', 2, ['line-1', 'line-2', 'line-0', 'line-3']],
  ])('%s to place %s', (id, index, order) => {
    expect(moved(id, index)).toEqual(order);
  });

  it('between two with one key it goes behind both', () => {
    expect(moved('line-0', 1)).toEqual(['line-1', 'line-2', 'line-0', 'line-3']);
  });

  it('nowhere where it is already', () => {
    expect(keyAt(lines, 'line-3', 3)).toBe(null);
    expect(keyAtEnd([])).toBe('1');
    expect(keyAtEnd(lines) > '3').toBe(true);
  });
});

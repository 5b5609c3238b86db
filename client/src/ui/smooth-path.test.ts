import { describe, expect, it } from 'vitest';
import { smoothPath } from './smooth-path.ts';

describe('the path of what was drawn by hand', () => {
  it('starts and ends where the pen did and bends at every point between', () => {
    const stroke = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 20, y: 10 },
      { x: 20, y: 30 },
    ];
    expect(smoothPath([stroke])).toBe('M0 0Q10 0 15 5Q20 10 20 20L20 30');
  });

  it('makes a tap a dot, and keeps strokes apart', () => {
    expect(smoothPath([[{ x: 4.04, y: 5 }]])).toBe('M4 5L4.1 5');
    const line = [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ];
    expect(smoothPath([line, line])).toBe('M0 0L1 1M0 0L1 1');
  });

  it('is nothing where nothing was drawn', () => {
    expect(smoothPath([])).toBe('');
    expect(smoothPath([[]])).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { noteSight, REPEAT_WINDOW_MS, type SeenCodes } from './code-repeats.ts';

function repeats(sights: readonly (readonly [string, number])[]): boolean[] {
  let seen: SeenCodes = new Map();
  return sights.map(([code, atMs]) => {
    const noted = noteSight(seen, code, atMs);
    seen = noted.seen;
    return noted.isRepeat;
  });
}

describe('the same code again', () => {
  it('is silent within the window and a scan after it', () => {
    expect(
      repeats([
        ['A', 0],
        ['A', REPEAT_WINDOW_MS],
        ['A', 2 * REPEAT_WINDOW_MS + 1],
      ]),
    ).toEqual([false, true, false]);
  });

  it('stays one scan while the label stays in view', () => {
    const sights = Array.from({ length: 300 }, (_, frame) => ['A', frame * 33] as const);
    expect(repeats(sights).filter((isRepeat) => !isRepeat)).toHaveLength(1);
  });

  it('keeps other codes apart and forgets what is long gone', () => {
    expect(
      repeats([
        ['A', 0],
        ['B', 10],
        ['A', 20],
        ['B', 30],
      ]),
    ).toEqual([false, false, true, true]);
    expect(noteSight(new Map([['A', 0]]), 'B', 5000).seen.size).toBe(1);
  });
});

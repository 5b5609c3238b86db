import { beforeEach, expect, it } from 'vitest';
import { createIdleWatch, IDLE_MS, UNFINISHED_MS } from './idle-watch.ts';

let nowMs: number;
let watch: ReturnType<typeof createIdleWatch>;
beforeEach(() => {
  nowMs = 1_000_000;
  watch = createIdleWatch(() => nowMs);
});
const later = (ms: number) => {
  nowMs += ms;
};

it('locks after a while in which nobody did anything', () => {
  later(IDLE_MS - 1);
  expect(watch.isOver(false)).toBe(false);
  watch.noteAct();
  later(IDLE_MS - 1);
  expect(watch.isOver(false)).toBe(false);
  later(1);
  expect(watch.isOver(false)).toBe(true);
});

it('is not opened by the touch of who comes back after that while', () => {
  later(IDLE_MS);
  watch.noteAct();
  expect(watch.isOver(false)).toBe(true);
});

it('leaves who is in the middle of an entry to it, but not for ever', () => {
  later(IDLE_MS);
  expect(watch.isOver(true)).toBe(false);
  later(UNFINISHED_MS - IDLE_MS);
  expect(watch.isOver(true)).toBe(true);
});

it('takes nothing back when the clock is set back', () => {
  later(IDLE_MS - 1_000);
  expect(watch.isOver(false)).toBe(false);
  later(-3_600_000);
  expect(watch.isOver(false)).toBe(false);
  later(1_000);
  expect(watch.isOver(false)).toBe(true);
});

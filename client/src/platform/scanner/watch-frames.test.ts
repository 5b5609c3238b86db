import { describe, expect, it } from 'vitest';
import { UNREADABLE_AFTER_MS, watchFrames } from './watch-frames.ts';

type Frame = readonly string[];

/** Plays the given frames at a fixed rate on a clock of its own, then stops. */
async function play(frames: readonly (Frame | null)[], frameMs: number, decodeMs = 0) {
  const stop = new AbortController();
  const codes: string[] = [];
  const hints: boolean[] = [];
  let now = 0;
  let index = -1;
  let inFlight = 0;
  let mostInFlight = 0;
  await watchFrames<Frame>(
    {
      nowMs: () => now,
      nextFrame: () => {
        index += 1;
        now += frameMs;
        if (index >= frames.length) stop.abort();
        return Promise.resolve();
      },
      grab: () => frames[index] ?? null,
      decode: async (frame) => {
        inFlight += 1;
        mostInFlight = Math.max(mostInFlight, inFlight);
        await Promise.resolve();
        now += decodeMs;
        inFlight -= 1;
        return frame;
      },
    },
    { onCode: (code) => codes.push(code), onUnreadable: (isUnreadable) => hints.push(isUnreadable) },
    stop.signal,
  );
  return { codes, hints, mostInFlight };
}

describe('watching frames', () => {
  it('tells a label once while it stays in view and every label of a frame', async () => {
    const { codes } = await play([['A-1'], ['A-1'], ['A-1', 'B-2'], ['B-2']], 33);
    expect(codes).toEqual(['A-1', 'B-2']);
  });

  it('tells it again after it was gone for a while', async () => {
    const gone = Array.from({ length: 60 }, () => []);
    const { codes } = await play([['A-1'], ...gone, ['A-1']], 33);
    expect(codes).toEqual(['A-1', 'A-1']);
  });

  it('has one frame in work at a time, however slow the decoder', async () => {
    const { mostInFlight, codes } = await play([['A-1'], ['B-2'], ['C-3']], 33, 400);
    expect(mostInFlight).toBe(1);
    expect(codes).toEqual(['A-1', 'B-2', 'C-3']);
  });

  it('says after eight seconds without a code that there is another way, and takes it back', async () => {
    const blind = Array.from({ length: Math.ceil(UNREADABLE_AFTER_MS / 100) }, () => []);
    const { hints, codes } = await play([...blind, ...blind, ['A-1'], []], 100);
    expect(hints).toEqual([true, false]);
    expect(codes).toEqual(['A-1']);
  });

  it('waits for a camera that has no picture yet', async () => {
    const { codes } = await play([null, null, ['A-1']], 33);
    expect(codes).toEqual(['A-1']);
  });

  it('lets the failure of a decoder be seen', async () => {
    const watching = watchFrames<Frame>(
      {
        nowMs: () => 0,
        nextFrame: () => Promise.resolve(),
        grab: () => [],
        decode: () => Promise.reject(new Error('no reader')),
      },
      { onCode: () => undefined, onUnreadable: () => undefined },
      new AbortController().signal,
    );
    await expect(watching).rejects.toThrow('no reader');
  });
});

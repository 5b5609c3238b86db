import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBuckets } from './token-buckets.ts';

function bucketsAt(mostBuckets = 100) {
  let nowMs = 1000;
  const buckets = createTokenBuckets({ monotonicMs: () => nowMs }, mostBuckets);
  return {
    ...buckets,
    after(ms: number) {
      nowMs += ms;
    },
  };
}

const jana = { key: 'user jana', perSecond: 2, burst: 3 };
const north = { key: 'tenant north', perSecond: 10, burst: 4 };

describe('a bucket', () => {
  it('gives its burst at once, then says how long to wait', () => {
    const { take } = bucketsAt();
    expect([1, 2, 3].map(() => take([jana]).retryAfterMs)).toEqual([0, 0, 0]);
    expect(take([jana])).toEqual({ retryAfterMs: 500, emptiest: 'user jana' });
  });

  it('has a token again after what it said, and not before', () => {
    const { take, after } = bucketsAt();
    for (let count = 0; count < 3; count += 1) take([jana]);
    after(499);
    expect(take([jana]).retryAfterMs).toBe(1);
    after(1);
    expect(take([jana]).retryAfterMs).toBe(0);
    expect(take([jana]).retryAfterMs).toBe(500);
  });

  it('is never fuller than full', () => {
    const { take, after } = bucketsAt();
    take([jana]);
    after(3_600_000);
    expect([1, 2, 3, 4].map(() => take([jana]).retryAfterMs)).toEqual([0, 0, 0, 500]);
  });
});

describe('several buckets', () => {
  it('give all or nothing: who is refused for one loses nothing of the other', () => {
    const { take } = bucketsAt();
    for (let count = 0; count < 8; count += 1) take([jana, north]);
    expect(take([north]).retryAfterMs).toBe(0);
    expect(take([north])).toMatchObject({ emptiest: 'tenant north' });
  });

  it('are as many as are remembered, and no more; who used one last keeps it', () => {
    const { take, size } = bucketsAt(10);
    for (let count = 0; count < 3; count += 1) take([jana]);
    for (let other = 0; other < 500; other += 1) {
      take([{ ...jana, key: `address ${other}` }]);
      expect(take([jana]).retryAfterMs).toBe(500);
    }
    expect(size()).toBe(10);
  });
});

it('in any stretch of time no more pass than the burst and what came back meanwhile', () => {
  fc.assert(
    fc.property(
      fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 20 }) }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
      (rate, pauses) => {
        const { take, after } = bucketsAt();
        const passedAt: number[] = [];
        let nowMs = 0;
        for (const pause of pauses) {
          after(pause);
          nowMs += pause;
          if (take([{ key: 'one', ...rate }]).retryAfterMs === 0) passedAt.push(nowMs);
        }
        for (let from = 0; from < passedAt.length; from += 1) {
          for (let to = from; to < passedAt.length; to += 1) {
            const seconds = ((passedAt[to] ?? 0) - (passedAt[from] ?? 0)) / 1000;
            if (to - from + 1 > rate.burst + seconds * rate.perSecond + 1e-6) return false;
          }
        }
        return true;
      },
    ),
  );
});

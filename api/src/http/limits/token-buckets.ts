import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export type Bucket = {
  readonly key: string;
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** Tokens of a full bucket. */
  readonly burst: number;
};

export type Taken = {
  /** 0: one token was taken of each bucket. Otherwise none of any, and all have one after this long. */
  readonly retryAfterMs: number;
  /** The bucket that is empty for longest; null where all had a token. */
  readonly emptiest: string | null;
};

export type TokenBuckets = {
  take(buckets: readonly Bucket[]): Taken;
  /** How many buckets are remembered. */
  size(): number;
};

type State = { tokens: number; atMs: number };

/**
 * Buckets by key, each full until it is first used. At most `mostBuckets` are remembered: beyond that the one that was
 * used longest ago is forgotten, which is as if it were full again.
 */
export function createTokenBuckets(clock: Pick<Clock, 'monotonicMs'>, mostBuckets: number): TokenBuckets {
  // In the order of their last use.
  const states = new Map<string, State>();
  return {
    take(buckets) {
      const nowMs = clock.monotonicMs();
      const filled = buckets.map((bucket) => ({
        ...bucket,
        tokens: tokensOf(bucket, states.get(bucket.key), nowMs),
      }));
      // To the microsecond: sums of fractions never come out exactly.
      const waits = filled.map(({ tokens, perSecond }) =>
        Math.max(0, Math.round(((1 - tokens) / perSecond) * 1_000_000) / 1000),
      );
      const longestMs = Math.max(0, ...waits);
      const isTaken = longestMs === 0;
      for (const { key, tokens } of filled) {
        states.delete(key);
        states.set(key, { tokens: isTaken ? tokens - 1 : tokens, atMs: nowMs });
      }
      forgetOldest(states, mostBuckets);
      const emptiest = isTaken ? null : (filled[waits.indexOf(longestMs)]?.key ?? null);
      return { retryAfterMs: Math.ceil(longestMs), emptiest };
    },
    size: () => states.size,
  };
}

function tokensOf({ perSecond, burst }: Bucket, state: State | undefined, nowMs: number): number {
  if (state === undefined) return burst;
  return Math.min(burst, state.tokens + ((nowMs - state.atMs) / 1000) * perSecond);
}

function forgetOldest(states: Map<string, State>, most: number): void {
  for (const key of states.keys()) {
    if (states.size <= most) return;
    states.delete(key);
  }
}

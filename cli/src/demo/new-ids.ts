import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { Random } from './random.ts';

/**
 * Makes UUIDv7s that ascend in the order of asking, one a millisecond from `startMs`. Rows written in that order are
 * also read in it, which is what first syncs are fast with. The same seed gives the same ids whatever the day.
 */
export function createIds(random: Random, startMs: number): () => string {
  let nextMs = startMs;
  return () => uuidV7(nextMs++, random.bytes(10));
}

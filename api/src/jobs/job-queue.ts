import type { JobKinds, PayloadOf } from './job-kind.ts';

/**
 * Jobs that wait, outlive restarts, and are done by whoever takes them first. One that fails is tried again after e, e²,
 * e³ … seconds, and is given up after as many tries as its kind says: then it is dead, and stays to be seen.
 */
export type JobQueue<Kinds extends JobKinds> = {
  /**
   * Resolves when it is kept. With a key: not added while one of the same kind and key waits; a dead one begins anew.
   * Throws for a payload that its kind does not read.
   */
  add<Name extends keyof Kinds & string>(
    kind: Name,
    payload: PayloadOf<Kinds[Name]>,
    options?: { readonly key?: string },
  ): Promise<void>;
  /** How many are dead, by kind; kinds without any are left out. */
  countDead(): Promise<ReadonlyMap<string, number>>;
  /** Begins to take jobs, of this and of other processes, and keeps the rounds. Resolves when it does. */
  work(): Promise<void>;
  /** Takes no more, waits for what is running, lets go of connections. Once, however often it is asked. */
  stop(): Promise<void>;
};

/** Jobs that one process does at the same time. */
export const JOBS_AT_ONCE = 2;

/** How far back a round is made up for that fell due while nobody worked. Rounds come every hour: it is one of them. */
export const MADE_UP_WITHIN_MS = 3_600_000;

/** In queues, the name of the round of a kind, which adds its jobs. */
export function roundOf(kind: string): string {
  return `${kind}/round`;
}

import type { Replica } from '#platform/replica/replica.ts';

export type LockCounts = {
  /** Each may write, and so is a transaction of its own. */
  readonly writes: number;
  readonly reads: number;
};

/**
 * Counts who asks for the database from now on, the SDK's own work included. In a browser all of them stand in one
 * queue, in front of the next scan.
 */
export function countLocks({ database }: Pick<Replica, 'database'>): { current(): LockCounts } {
  let counts: LockCounts = { writes: 0, reads: 0 };
  const readLock = database.readLock.bind(database);
  const writeLock = database.writeLock.bind(database);
  database.readLock = (work, options) => {
    counts = { ...counts, reads: counts.reads + 1 };
    return readLock(work, options);
  };
  database.writeLock = (work, options) => {
    counts = { ...counts, writes: counts.writes + 1 };
    return writeLock(work, options);
  };
  return { current: () => counts };
}

import type { Replica } from './replica.ts';

/** SQLite's number for FULL: a commit is on the disk before it is reported. */
const FULL = 2;

/**
 * Makes every commit survive a power cut, and proves it on the very connection that writes; a reader's setting says
 * nothing. Throws where the database refuses: a scan that may be lost must never be confirmed.
 */
export async function assertDurable(replica: Replica): Promise<void> {
  const level = await replica.writeLock(async (connection) => {
    await connection.execute('PRAGMA synchronous = FULL');
    return connection.get<{ synchronous: number }>('PRAGMA synchronous');
  });
  if (level.synchronous !== FULL) {
    throw new Error(`commits are not durable: PRAGMA synchronous is ${level.synchronous}`);
  }
}

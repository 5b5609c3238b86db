import type { Pool } from 'pg';

/**
 * Ends a pool that nobody uses any more, and waits until its connections are closed. `pool.end` alone does not: whoever
 * stops PostgreSQL behind it makes it cut them, and each says so.
 */
export async function endPool(pool: Pool): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let openCount = pool.totalCount;
  pool.on('remove', () => {
    openCount -= 1;
    if (openCount === 0) resolve();
  });
  if (openCount === 0) resolve();
  // Idle connections keep no process alive; one that has nothing else to do must still see them closed.
  const awake = setInterval(() => undefined, 60_000);
  try {
    await pool.end();
    await closed;
  } finally {
    clearInterval(awake);
  }
}

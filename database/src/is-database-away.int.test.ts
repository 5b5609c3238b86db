import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { isDatabaseAway } from './is-database-away.ts';
import { createTestDatabase } from './testing/test-database.ts';

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    throw new Error('it did not fail');
  } catch (error) {
    return error;
  }
}

describe('a database that is away', () => {
  test('is told from one that says no', async () => {
    const database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
    pool.on('error', () => undefined);
    try {
      expect(isDatabaseAway(await failureOf(pool.query('SELECT nothing FROM nowhere')))).toBe(false);
      const cut = failureOf(pool.query('SELECT pg_terminate_backend(pg_backend_pid())'));
      expect(isDatabaseAway(await cut)).toBe(true);
      const wrapped = new Error('a query failed', { cause: await cut });
      expect(isDatabaseAway(wrapped)).toBe(true);
    } finally {
      await pool.end();
      await database.drop();
    }
  });

  test('is one that nobody answers for', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: 1 });
    expect(isDatabaseAway(await failureOf(client.connect()))).toBe(true);
    expect(isDatabaseAway(new Error('a bug'))).toBe(false);
    expect(isDatabaseAway('a text')).toBe(false);
  });
});

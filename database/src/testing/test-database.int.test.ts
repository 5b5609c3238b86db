import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const FILE = new URL('./test-database.ts', import.meta.url).href;

describe('test databases', () => {
  test('are fresh and migrated, and do not see each other', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      await query(first, `INSERT INTO tenants (id, name, slug) VALUES (gen_random_uuid(), 'x', 'x')`);
      expect(await query(second, 'SELECT count(*)::int FROM tenants')).toEqual([{ count: 0 }]);
    } finally {
      await Promise.all([first.drop(), second.drop()]);
    }
  });

  test('go for good, with slots and open connections', async () => {
    const database = await createTestDatabase();
    const open = new pg.Client({ connectionString: database.ownerUrl });
    open.on('error', () => undefined);
    await open.connect();
    await open.query(`SELECT pg_create_logical_replication_slot('of_test_' || pg_backend_pid(), 'pgoutput')`);
    await database.drop();
    await expect(query(database, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  test('can be made by several processes at the same time', async () => {
    const script = `
      import { createTestDatabase } from ${JSON.stringify(FILE)};
      const databases = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
      await Promise.all(databases.map((database) => database.drop()));
      process.stdout.write(String(databases.length));`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const outputs = await Promise.all([run(), run(), run()]);
    expect(outputs.map(({ stdout }) => stdout)).toEqual(['4', '4', '4']);
  });
});

async function query(database: TestDatabase, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

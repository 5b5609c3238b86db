import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endPool } from './end-pool.ts';
import { createPool } from './pool.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

test('once a pool has ended, none of its connections is left for PostgreSQL to cut', async () => {
  const pool = createPool({ url: database.ownerUrl, role: 'owner', max: 5, applicationName: 'ending' });
  let closed = 0;
  pool.on('connect', (client) => client.once('end', () => (closed += 1)));
  await Promise.all(Array.from({ length: 5 }, () => pool.query('SELECT pg_sleep(0.05)')));
  await endPool(pool);
  expect(closed).toBe(5);
});

test('also in a process that has nothing else to do', () => {
  const script = `
    const { endPool } = await import('./end-pool.ts');
    const { createPool } = await import('./pool.ts');
    const pool = createPool({ url: process.argv[1], role: 'owner', max: 2, applicationName: 'ending' });
    await pool.query('SELECT 1');
    await endPool(pool);
    console.log('ended');`;
  const args = ['--input-type=module', '--eval', script, database.ownerUrl];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'ended\n', stderr: '' });
});

test('one that never had a connection ends as well', async () => {
  const pool = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'ending' });
  await endPool(pool);
  expect(pool.ended).toBe(true);
});

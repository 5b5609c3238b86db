import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MigrationError, migrate, pendingMigrations } from './migrate.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { createPool } from './pool.ts';
import { withTenant } from './tenant-transaction.ts';
import { createEmptyTestDatabase, type TestDatabase } from './testing/test-database.ts';

const FIRST = '20260101000000_first';
const SECOND = '20260102000000_second';
const TENANT = '01900001-0000-7000-8000-000000000001';

describe('migrations', () => {
  let database: TestDatabase;
  let folder: string;
  const put = (name: string, sql: string) => writeFileSync(join(folder, `${name}.sql`), sql);
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    database = await createEmptyTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'eventkit-migrations-'));
    put(FIRST, 'CREATE TABLE things (id int);');
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  test('run once, in the order of their names', async () => {
    expect(await pendingMigrations(database.ownerUrl, { folder })).toEqual([FIRST]);
    expect(await migrate(database.ownerUrl, { folder })).toEqual([FIRST]);
    put(SECOND, 'ALTER TABLE things ADD name text;');
    expect(await pendingMigrations(database.ownerUrl, { folder })).toEqual([SECOND]);
    expect(await migrate(database.ownerUrl, { folder })).toEqual([SECOND]);
    expect(await migrate(database.ownerUrl, { folder })).toEqual([]);
  });

  test('run once also when two processes migrate at the same time', async () => {
    put(SECOND, 'SELECT pg_sleep(0.2); INSERT INTO things VALUES (1);');
    const ran = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, { folder })));
    expect(ran.flat().sort()).toEqual([FIRST, SECOND]);
    expect(await query('SELECT id FROM things')).toEqual([{ id: 1 }]);
  });

  test('leave nothing behind of a file that fails, and keep those before it', async () => {
    put(SECOND, 'INSERT INTO things VALUES (1); SELECT nonsense;');
    await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(
      new MigrationError(`${SECOND} failed: column "nonsense" does not exist`),
    );
    expect(await query('SELECT id FROM things')).toEqual([]);
    expect(await pendingMigrations(database.ownerUrl, { folder })).toEqual([SECOND]);
  });

  test('refuse a file that changed after it ran; line ends do not count', async () => {
    await migrate(database.ownerUrl, { folder });
    put(FIRST, 'CREATE TABLE things (id int);'.replaceAll('\n', '\r\n'));
    expect(await migrate(database.ownerUrl, { folder })).toEqual([]);
    put(FIRST, 'CREATE TABLE things (id bigint);');
    await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(/has changed since/);
    await expect(pendingMigrations(database.ownerUrl, { folder })).rejects.toThrow(/has changed since/);
  });

  test('refuse a database that is newer than the files', async () => {
    put(SECOND, 'SELECT 1;');
    await migrate(database.ownerUrl, { folder });
    rmSync(join(folder, `${SECOND}.sql`));
    await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(
      /ran on this database but is missing/,
    );
  });

  test('refuse a file that comes late, as other databases would have run it earlier', async () => {
    put(SECOND, 'SELECT 1;');
    await migrate(database.ownerUrl, { folder });
    put('20260101120000_late', 'SELECT 1;');
    await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(/is older than/);
  });

  test('refuse a name without a time', async () => {
    put('add_things', 'SELECT 1;');
    await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(/is not named like/);
  });

  test('of this repository run for an owner that is no superuser', async () => {
    const name = new URL(database.ownerUrl).pathname.slice(1);
    const owner = `owner_of_${name}`;
    await query(`CREATE ROLE ${owner} LOGIN PASSWORD 'test' CREATEROLE;
      GRANT eventkit_app, eventkit_sync, eventkit_jobs TO ${owner}; ALTER DATABASE ${name} OWNER TO ${owner};
      ALTER SCHEMA public OWNER TO ${owner}`);
    const url = new URL(database.ownerUrl);
    [url.username, url.password] = [owner, 'test'];
    try {
      const ran = await migrate(url.href);
      expect(ran).toHaveLength((await readMigrations(migrationsFolder)).length);
      expect(await findAfterSigningUp(url.href)).toEqual([{ tenant_id: TENANT }]);
    } finally {
      await query(`REASSIGN OWNED BY ${owner} TO CURRENT_USER; DROP OWNED BY ${owner}; DROP ROLE ${owner}`);
    }
  });
});

/** Forced row-level security holds for such an owner too: it writes as the tenant, and look-ups have policies of their own. */
async function findAfterSigningUp(ownerUrl: string): Promise<unknown[]> {
  const owner = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
  const app = createPool({ url: ownerUrl, role: 'eventkit_app', max: 1, applicationName: 'test' });
  try {
    const scope = { tenantId: TENANT, userId: null, deviceId: null, operationId: null, requestId: null };
    await withTenant(owner, scope, async (tx) => {
      await tx.query(`INSERT INTO tenants (id, name, slug) VALUES ('${TENANT}', 'x', 'x')`);
      await tx.query(`INSERT INTO users (tenant_id, id, email, name, role)
        VALUES ('${TENANT}', '${TENANT}', 'x@x.example', 'X', 'admin')`);
    });
    expect((await owner.query('SELECT FROM tenants')).rowCount).toBe(0);
    return (await app.query(`SELECT tenant_id FROM find_user_by_email('x@x.example')`)).rows;
  } finally {
    await Promise.all([owner.end(), app.end()]);
  }
}

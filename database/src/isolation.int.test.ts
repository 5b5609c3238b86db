import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from './pool.ts';
import { withTenant } from './tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { insertTwoTenants, type TestTenant, testId } from './testing/two-tenants.ts';

describe('isolation of tenants', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  let app: pg.Pool;
  let sync: pg.Pool;
  let a: TestTenant;
  let b: TestTenant;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = database.ownerUrl;
    owner = createPool({ url, role: 'owner', max: 1, applicationName: 'test' });
    app = createPool({ url, role: 'eventkit_app', max: 1, applicationName: 'test' });
    sync = createPool({ url, role: 'eventkit_sync', max: 1, applicationName: 'test' });
    [a, b] = await insertTwoTenants(owner);
  });
  afterAll(async () => {
    await Promise.all([owner.end(), app.end(), sync.end()]);
    await database.drop();
  });

  const tablesWithRows = [
    'tenants',
    'users',
    'products',
    'storage_locations',
    'assets',
    'labels',
    'audit_log',
  ];

  test.each(tablesWithRows)('a tenant sees its own rows of %s and no others', async (table) => {
    const rows = await withTenant(app, a.scope, (tx) => tx.query(`SELECT tenant_id FROM ${table}`));
    expect(rows.rows.length).toBeGreaterThan(0);
    expect(new Set(rows.rows.map((row: { tenant_id: string }) => row.tenant_id))).toEqual(
      new Set([a.tenantId]),
    );
  });

  test.each(tablesWithRows)('without a tenant %s has no rows', async (table) => {
    expect((await app.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
  });

  test('a row of another tenant cannot be changed', async () => {
    const result = await withTenant(app, a.scope, (tx) =>
      tx.query(`UPDATE products SET name = 'taken' WHERE id = $1`, [b.productId]),
    );
    expect(result.rowCount).toBe(0);
  });

  test('a row cannot be written for another tenant, nor handed over to one', async () => {
    const insert = withTenant(app, a.scope, (tx) =>
      tx.query(
        `INSERT INTO products (tenant_id, id, name, category, tracking) VALUES ($1, $2, 'x', 'x', 'bulk')`,
        [b.tenantId, testId(1, 99)],
      ),
    );
    await expect(insert).rejects.toThrow(/row-level security policy/);
    const handOver = withTenant(app, a.scope, (tx) =>
      tx.query('UPDATE labels SET tenant_id = $1 WHERE id = $2', [b.tenantId, a.labelId]),
    );
    await expect(handOver).rejects.toThrow(/row-level security policy/);
  });

  test('a row cannot refer to a row of another tenant', async () => {
    const refer = withTenant(app, a.scope, (tx) =>
      tx.query('INSERT INTO labels (tenant_id, id, value, asset_id) VALUES ($1, $2, $3, $4)', [
        a.tenantId,
        testId(1, 98),
        'foreign',
        b.assetId,
      ]),
    );
    await expect(refer).rejects.toThrow(/violates foreign key constraint/);
  });

  test('the values of another tenant do not stand in the way, so nobody can guess them', async () => {
    await withTenant(app, a.scope, (tx) =>
      tx.query('INSERT INTO labels (tenant_id, id, value, asset_id) VALUES ($1, $2, $3, $4)', [
        a.tenantId,
        testId(1, 97),
        'mine',
        a.assetId,
      ]),
    );
    const same = await withTenant(app, b.scope, (tx) =>
      tx.query('INSERT INTO labels (tenant_id, id, value, asset_id) VALUES ($1, $2, $3, $4)', [
        b.tenantId,
        testId(2, 97),
        'mine',
        b.assetId,
      ]),
    );
    expect(same.rowCount).toBe(1);
  });

  test('the tenant ends with the transaction, also when that fails', async () => {
    const failing = withTenant(app, a.scope, async (tx) => {
      await tx.query('SELECT FROM assets');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    const { rows } = await app.query('SELECT current_tenant_id() AS tenant, current_user AS who');
    expect(rows).toEqual([{ tenant: null, who: 'eventkit_app' }]);
  });

  test.each([
    'TRUNCATE assets',
    'DELETE FROM assets',
    'DROP TABLE assets',
    'ALTER TABLE assets DISABLE ROW LEVEL SECURITY',
    'CREATE TABLE own_table (id int)',
    'SELECT * FROM schema_migrations',
    'UPDATE movements SET note = NULL',
    'UPDATE operations SET reason = NULL',
    `CALL audit_changes('sessions')`,
    'ALTER TABLE assets DISABLE TRIGGER audit_update',
    'SET session_replication_role = replica',
    `CREATE OR REPLACE FUNCTION write_audit_of_assets() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    'SELECT * FROM audit_log_rest',
    `INSERT INTO tenants (id, name, slug) VALUES ('${testId(3, 1)}', 'x', 'x')`,
  ])('the app may not: %s', async (sql) => {
    await expect(withTenant(app, a.scope, (tx) => tx.query(sql))).rejects.toThrow(
      /permission denied|must be owner/,
    );
  });

  test.each([
    [`SELECT FROM labels WHERE value = 'A-0001'`, ['tenant_id', 'value']],
    [`SELECT FROM assets WHERE code > 'A-0001' ORDER BY code, id LIMIT 50`, ['tenant_id', 'code']],
    [
      `SELECT FROM audit_log WHERE table_name = 'assets' AND row_id = 'x' ORDER BY tenant_id, table_name, row_id, at DESC`,
      ['tenant_id', 'table_name', 'row_id'],
    ],
  ])('the policy lets an index serve: %s', async (sql, columns) => {
    const plan = await withTenant(app, a.scope, async (tx) => {
      await tx.query(`SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off`);
      const { rows } = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${sql}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    const condition = /Index Cond: (.*)/.exec(plan)?.[1] ?? plan;
    for (const column of columns) expect(condition).toContain(column);
  });

  test('replication reads the published tables of all tenants, and nothing else', async () => {
    expect((await sync.query('SELECT FROM assets')).rowCount).toBe(2);
    await expect(sync.query('SELECT FROM sessions')).rejects.toThrow(/permission denied/);
    await expect(sync.query('SELECT FROM audit_log')).rejects.toThrow(/permission denied/);
    await expect(sync.query('DELETE FROM assets')).rejects.toThrow(/permission denied/);
  });

  test('sign-in finds a person by address before the tenant is known, however it is typed', async () => {
    const { rows } = await app.query('SELECT * FROM find_user_by_email($1)', ['User@Tenant-2.example']);
    expect(rows).toEqual([{ tenant_id: b.tenantId, user_id: b.userId }]);
  });
});

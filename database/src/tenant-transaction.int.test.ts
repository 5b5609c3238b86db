import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from './pool.ts';
import { withTenant } from './tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { insertTwoTenants, type TestTenant } from './testing/two-tenants.ts';

describe('the tenant transaction', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  let app: pg.Pool;
  let tenant: TestTenant;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
    app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 2, applicationName: 'test' });
    [tenant] = await insertTwoTenants(owner);
  });
  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });

  test('hands out values as canonical text and numbers, also inside arrays', async () => {
    const { rows } = await withTenant(app, tenant.scope, (tx) =>
      tx.query(`SELECT '2026-11-22 18:00:00.25+01'::timestamptz AS at, ARRAY['2026-01-01'::timestamptz, NULL] AS many,
        count(*) AS count, ARRAY[1::int8] AS numbers, '2026-11-22'::date AS day, 1.50::numeric AS price
        FROM assets`),
    );
    expect(rows).toEqual([
      {
        at: '2026-11-22T17:00:00.250000Z',
        many: ['2026-01-01T00:00:00.000000Z', null],
        count: 1,
        numbers: [1],
        day: '2026-11-22',
        price: '1.50',
      },
    ]);
  });

  test('commits what was done, and nothing when it throws', async () => {
    const rename = (name: string, fails: boolean) =>
      withTenant(app, tenant.scope, async (tx) => {
        await tx.query('UPDATE products SET name = $1', [name]);
        if (fails) throw new Error('on purpose');
      });
    await rename('first', false);
    await expect(rename('second', true)).rejects.toThrow('on purpose');
    const { rows } = await owner.query('SELECT name FROM products WHERE tenant_id = $1', [tenant.tenantId]);
    expect(rows).toEqual([{ name: 'first' }]);
  });

  test('tries again after a serialisation failure as often as asked, and no more', async () => {
    let runs = 0;
    const clash = (attempts: number) =>
      withTenant(
        app,
        tenant.scope,
        async (tx) => {
          runs += 1;
          await tx.query('SELECT FROM products');
          // Somebody else changes the row between our read and our write.
          await owner.query('UPDATE products SET name = name || $1', ['+']);
          await tx.query('UPDATE products SET category = $1', ['x']);
        },
        { isolation: 'repeatable read', attempts },
      );
    await expect(clash(1)).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(1);
    await expect(clash(3)).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(4);
  });

  test('writes nothing when it is only for reading', async () => {
    const write = withTenant(app, tenant.scope, (tx) => tx.query(`UPDATE products SET name = 'x'`), {
      isReadOnly: true,
    });
    await expect(write).rejects.toThrow(/read-only transaction/);
  });

  test('keeps the pool usable when the connection breaks in the middle', async () => {
    const broken = withTenant(app, tenant.scope, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await owner.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(broken).rejects.toThrow();
    expect((await withTenant(app, tenant.scope, (tx) => tx.query('SELECT FROM assets'))).rowCount).toBe(1);
  });
});

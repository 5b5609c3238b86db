import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from './pool.ts';
import { atOnceWithTenant, withTenant } from './tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { insertTwoTenants, type TestTenant } from './testing/two-tenants.ts';
import { together } from './together.ts';

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

  test('does nothing of what goes out with a scope that the database refuses', async () => {
    const refused = withTenant(app, { ...tenant.scope, statementTimeoutMs: -1 }, (tx) =>
      tx.query(`UPDATE products SET name = 'without a scope'`),
    );
    await expect(refused).rejects.toThrow(/statement_timeout/);
    expect(await nameOfProduct()).not.toBe('without a scope');
  });

  describe('sent at once', () => {
    test('commits all that was sent, and answers it', async () => {
      const [, { rows }] = await atOnceWithTenant(app, tenant.scope, (tx) =>
        together([
          tx.query(`UPDATE products SET name = 'at once'`),
          tx.query<{ name: string }>('SELECT name FROM products'),
        ]),
      );
      expect(rows).toEqual([{ name: 'at once' }]);
      expect(await nameOfProduct()).toBe('at once');
    });

    test('leaves nothing where one statement fails, and the pool usable', async () => {
      const before = await nameOfProduct();
      const failed = atOnceWithTenant(app, tenant.scope, (tx) =>
        together([
          tx.query(`UPDATE products SET name = 'half'`),
          tx.query('SELECT 1 / 0'),
          tx.query('SELECT 1'),
        ]),
      );
      await expect(failed).rejects.toThrow('division by zero');
      expect(await nameOfProduct()).toBe(before);
      const { rowCount } = await atOnceWithTenant(app, tenant.scope, (tx) => tx.query('SELECT FROM assets'));
      expect(rowCount).toBe(1);
    });

    test('runs no statement that comes later', async () => {
      const before = await nameOfProduct();
      const late = atOnceWithTenant(app, tenant.scope, async (tx) => {
        await tx.query('SELECT 1');
        await tx.query(`UPDATE products SET name = 'late'`);
      });
      await expect(late).rejects.toThrow('after the commit');
      expect(await nameOfProduct()).toBe(before);
    });

    test('writes nothing when it is only for reading', async () => {
      const write = atOnceWithTenant(app, tenant.scope, (tx) => tx.query(`UPDATE products SET name = 'x'`), {
        isReadOnly: true,
      });
      await expect(write).rejects.toThrow(/read-only transaction/);
    });

    test('commits nothing where one value cannot be sent, and the pool is usable', async () => {
      const before = await nameOfProduct();
      const unsendable: Record<string, unknown> = {};
      unsendable['self'] = unsendable;
      const failed = atOnceWithTenant(app, tenant.scope, (tx) =>
        together([
          tx.query(`UPDATE products SET name = 'beside it'`),
          tx.query('SELECT $1::json', [unsendable]),
          tx.query('SELECT 1'),
        ]),
      );
      await expect(failed).rejects.toThrow('circular');
      expect(await nameOfProduct()).toBe(before);
      const { rowCount } = await atOnceWithTenant(app, tenant.scope, (tx) => tx.query('SELECT FROM assets'));
      expect(rowCount).toBe(1);
    });

    test('a named statement that was skipped after a failure is known the next time', async () => {
      const one = createOne();
      const named = { name: 'skipped', text: 'SELECT 2 AS two' };
      const failing = { name: 'failing', text: 'SELECT 1 / $1::int AS one' };
      const both = (by: number) =>
        atOnceWithTenant(one, tenant.scope, (tx) =>
          together([tx.query({ ...failing, values: [by] }), tx.query(named)]),
        );
      await expect(both(0)).rejects.toThrow('division by zero');
      const [first, second] = await both(1);
      expect([first.rows, second.rows]).toEqual([[{ one: 1 }], [{ two: 2 }]]);
      await one.end();
    });

    test('a statement that cannot be read leaves those behind it to be known the next time', async () => {
      const one = createOne();
      const later = { name: 'later', text: 'SELECT 3 AS three' };
      const failed = atOnceWithTenant(one, tenant.scope, (tx) =>
        together([tx.query({ name: 'unreadable', text: 'SELEC' }), tx.query(later)]),
      );
      await expect(failed).rejects.toThrow('syntax error');
      const { rows } = await atOnceWithTenant(one, tenant.scope, (tx) => tx.query(later));
      expect(rows).toEqual([{ three: 3 }]);
      await one.end();
    });

    test('refuses a name that stands for another statement', async () => {
      const one = createOne();
      const run = (text: string) =>
        atOnceWithTenant(one, tenant.scope, (tx) => tx.query({ name: 'same', text }));
      expect((await run('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      await expect(run('SELECT 2 AS two')).rejects.toThrow('same is the name of another statement');
      await one.end();
    });

    test('rejects all where the connection breaks under way', async () => {
      const broken = atOnceWithTenant(app, tenant.scope, (tx) =>
        together([tx.query('SELECT pg_terminate_backend(pg_backend_pid())'), tx.query('SELECT 1')]),
      );
      await expect(broken).rejects.toThrow();
      expect(
        (await atOnceWithTenant(app, tenant.scope, (tx) => tx.query('SELECT FROM assets'))).rowCount,
      ).toBe(1);
    });

    test('leaves no scope and no setting to whoever has the connection next', async () => {
      const one = createOne();
      const looked = { text: `SELECT current_setting('plan_cache_mode') AS plans, count(*) FROM assets` };
      const within = await atOnceWithTenant(one, tenant.scope, (tx) => tx.query(looked), {
        keepsPlans: true,
      });
      expect(within.rows).toEqual([{ plans: 'force_generic_plan', count: 1 }]);
      expect((await one.query(looked)).rows).toEqual([{ plans: 'auto', count: 0 }]);
      await one.end();
    });
  });

  function createOne(): pg.Pool {
    return createPool({
      url: database.ownerUrl,
      role: 'eventkit_app',
      max: 1,
      applicationName: 'test',
    });
  }

  async function nameOfProduct(): Promise<string | undefined> {
    const { rows } = await owner.query<{ name: string }>('SELECT name FROM products WHERE tenant_id = $1', [
      tenant.tenantId,
    ]);
    return rows[0]?.name;
  }
});

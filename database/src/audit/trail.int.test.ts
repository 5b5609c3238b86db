import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPool } from '#pool.ts';
import { withTenant } from '#tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { insertTwoTenants, type TestTenant, testId } from '#testing/two-tenants.ts';

type AuditRow = {
  table_name: string;
  row_id: string;
  action: string;
  changes: Record<string, [unknown, unknown]>;
  user_id: string | null;
  device_id: string | null;
  operation_id: string | null;
  request_id: string | null;
};

describe('the audit trail', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  let app: pg.Pool;
  let tenant: TestTenant;
  let before: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
    app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 1, applicationName: 'test' });
    [tenant] = await insertTwoTenants(owner);
  });
  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });
  // Asked, not counted on: what was rolled back has taken numbers too.
  const forgetWhatIsWritten = async () => {
    const { rows } = await owner.query<{ last: number }>(
      'SELECT coalesce(max(id), 0) AS last FROM audit_log',
    );
    before = rows[0]?.last ?? 0;
  };
  beforeEach(forgetWhatIsWritten);

  const written = async () => {
    const { rows } = await owner.query<AuditRow>(
      `SELECT table_name, row_id, action, changes, user_id, device_id, operation_id, request_id
       FROM audit_log WHERE id > $1 ORDER BY row_id`,
      [before],
    );
    return rows;
  };
  const insertProducts = (tx: pg.PoolClient, ids: readonly string[]) =>
    tx.query(
      `INSERT INTO products (tenant_id, id, name, category, tracking)
       SELECT $1, id, 'Lamp', 'Lamp', 'serialised' FROM unnest($2::uuid[]) AS id`,
      [tenant.tenantId, ids],
    );

  test('has one row for each inserted row, with who did it', async () => {
    const scope = { ...tenant.scope, deviceId: testId(1, 70), operationId: testId(1, 71) };
    await withTenant(app, scope, (tx) => insertProducts(tx, [testId(1, 20), testId(1, 21)]));
    const rows = await written();
    expect(rows.map(({ row_id }) => row_id)).toEqual([testId(1, 20), testId(1, 21)]);
    expect(rows[0]).toMatchObject({
      table_name: 'products',
      action: 'insert',
      user_id: tenant.userId,
      device_id: testId(1, 70),
      operation_id: testId(1, 71),
      request_id: 'request-1',
    });
    expect(rows[0]?.changes['name']).toEqual([null, 'Lamp']);
    expect(rows[0]?.changes).not.toHaveProperty('weight_grams');
  });

  test('has one row for each row that an update really changed, with old and new', async () => {
    await withTenant(app, tenant.scope, (tx) => insertProducts(tx, [testId(1, 30), testId(1, 31)]));
    await withTenant(app, tenant.scope, (tx) =>
      tx.query(`UPDATE products SET name = 'Spot' WHERE id = $1`, [testId(1, 30)]),
    );
    await forgetWhatIsWritten();
    await withTenant(app, tenant.scope, (tx) =>
      tx.query(`UPDATE products SET name = 'Spot' WHERE id = ANY ($1)`, [[testId(1, 30), testId(1, 31)]]),
    );
    expect(await written()).toMatchObject([
      { row_id: testId(1, 31), action: 'update', changes: { name: ['Lamp', 'Spot'] } },
    ]);
  });

  test('has one row for each deleted row, with what it was', async () => {
    const conflict = 'unknown_code:1';
    await withTenant(app, tenant.scope, (tx) =>
      tx.query(
        `INSERT INTO conflicts (tenant_id, id, class, status, code, opened_at)
         VALUES ($1, $2, 'unknown_code', 'open', 'X-1', now())`,
        [tenant.tenantId, conflict],
      ),
    );
    await withTenant(app, tenant.scope, (tx) => tx.query('DELETE FROM conflicts WHERE id = $1', [conflict]));
    const [inserted, deleted] = (await written()).sort((x, y) => x.action.localeCompare(y.action) * -1);
    expect(inserted).toMatchObject({ action: 'insert', changes: { code: [null, 'X-1'] } });
    expect(deleted).toMatchObject({
      action: 'delete',
      changes: { code: ['X-1', null] },
      user_id: tenant.userId,
    });
  });

  test('takes operation and person from the causes that a batch gives, row by row', async () => {
    const [first, second] = [testId(1, 40), testId(1, 41)];
    await withTenant(app, tenant.scope, async (tx) => {
      const causes = { [first]: [testId(1, 50), testId(1, 60)] };
      await tx.query(`SELECT set_config('eventkit.causes', $1, true)`, [JSON.stringify(causes)]);
      await insertProducts(tx, [first, second]);
    });
    expect(await written()).toMatchObject([
      { row_id: first, operation_id: testId(1, 50), user_id: testId(1, 60) },
      { row_id: second, operation_id: null, user_id: tenant.userId },
    ]);
  });

  test('is rolled back with what it tells of', async () => {
    const failing = withTenant(app, tenant.scope, async (tx) => {
      await insertProducts(tx, [testId(1, 42)]);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await written()).toEqual([]);
  });

  test('refuses a change of the id, which would hide what happened', async () => {
    const renamed = withTenant(app, tenant.scope, (tx) =>
      tx.query('UPDATE labels SET id = $1 WHERE id = $2', [testId(1, 43), tenant.labelId]),
    );
    await expect(renamed).rejects.toThrow(/id of an audited row never changes/);
  });

  test.each([
    `UPDATE audit_log SET changes = '{}'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    'DELETE FROM audit_log_rest',
    'TRUNCATE audit_log_rest',
  ])('is append-only, for the owner too: %s', async (sql) => {
    await owner.query(`INSERT INTO audit_log (tenant_id, at, table_name, row_id, action, changes)
      VALUES ('${tenant.tenantId}', '2020-01-01', 'x', 'x', 'insert', '{}')`);
    await expect(owner.query(sql)).rejects.toThrow(/audit_log is append-only/);
  });

  test('is cut by months, and months without a partition still take rows', async () => {
    await owner.query(`CALL ensure_audit_partitions('2031-11-15')`);
    await owner.query(`CALL ensure_audit_partitions('2031-11-15')`);
    await owner.query(`INSERT INTO audit_log (tenant_id, at, table_name, row_id, action, changes) VALUES
      ('${tenant.tenantId}', '2032-01-31T23:59:59Z', 'x', 'january', 'insert', '{}'),
      ('${tenant.tenantId}', '2040-01-01', 'x', 'far', 'insert', '{}')`);
    const { rows } = await owner.query<{ row_id: string; partition: string }>(
      `SELECT row_id, tableoid::regclass::text AS partition FROM audit_log WHERE row_id IN ('january', 'far') ORDER BY 1`,
    );
    expect(rows).toEqual([
      { row_id: 'far', partition: 'audit_log_rest' },
      { row_id: 'january', partition: 'audit_log_2032_01' },
    ]);
    // The month of a row that is in the rest already stays there, without an error.
    await owner.query(`CALL ensure_audit_partitions('2039-12-01')`);
    await expect(owner.query('DELETE FROM audit_log_2032_01')).rejects.toThrow(/append-only/);
    await expect(owner.query('TRUNCATE audit_log_2032_01')).rejects.toThrow(/append-only/);
  });

  test('writes down a change of thousands of rows in a session that made small ones before', async () => {
    const ids = Array.from({ length: 8_000 }, (_, number) => testId(1, 10_000 + number));
    const rename = (tx: pg.PoolClient, count: number, name: string) =>
      tx.query('UPDATE products SET name = $1 WHERE id = ANY ($2::uuid[])', [name, ids.slice(0, count)]);
    await withTenant(app, tenant.scope, async (tx) => {
      await insertProducts(tx, ids);
      // More than PostgreSQL watches before it keeps a plan.
      for (let round = 0; round < 8; round += 1) await rename(tx, 1, `Lamp ${round}`);
      // Every old row held against every new one would take minutes.
      await tx.query(`SET LOCAL statement_timeout = '10s'`);
      await rename(tx, ids.length, 'Lamp, LED');
    });
    expect((await written()).filter(({ action }) => action === 'update')).toHaveLength(8 + ids.length);
  });
});

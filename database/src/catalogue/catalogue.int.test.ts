import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { findCatalogueFaults } from './find-catalogue-faults.ts';

describe('the catalogue', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('has no gap in isolation, audit trail or replication', async () => {
    expect(await findCatalogueFaults(client)).toEqual([]);
  });

  // Each plants one fault and expects exactly the words for it: a check that cannot fail proves nothing.
  test.each([
    [
      'CREATE TABLE notes (tenant_id uuid NOT NULL, id uuid)',
      [
        'table notes has no policy own_tenant',
        'table notes is neither audited nor said to need no audit',
        'table notes: row-level security is not enabled',
        'table notes: row-level security is not forced',
      ],
    ],
    [
      'CREATE TABLE notes (id uuid)',
      ['table notes has no tenant_id NOT NULL', 'table notes is neither audited nor said to need no audit'],
    ],
    [
      'ALTER TABLE products DISABLE ROW LEVEL SECURITY',
      ['table products: row-level security is not enabled'],
    ],
    [
      'ALTER TABLE products NO FORCE ROW LEVEL SECURITY',
      ['table products: row-level security is not forced'],
    ],
    ['DROP POLICY own_tenant ON labels', ['table labels has no policy own_tenant']],
    [
      'ALTER POLICY own_tenant ON labels USING (true)',
      ['policy own_tenant of labels does not hold to the tenant'],
    ],
    [
      'ALTER POLICY own_tenant ON labels WITH CHECK (tenant_id IS NOT NULL)',
      ['policy own_tenant of labels does not hold to the tenant'],
    ],
    ['CREATE POLICY everything ON labels USING (true)', ['policy everything of labels is not on the list']],
    [
      'ALTER POLICY replication ON labels TO eventkit_sync, eventkit_app',
      ['policy replication of labels is for more than reading by eventkit_sync'],
    ],
    ['CREATE VIEW all_assets AS SELECT * FROM assets', ['view all_assets is not security_invoker']],
    [
      'ALTER TABLE labels ADD CONSTRAINT to_user FOREIGN KEY (tenant_id) REFERENCES tenants (id), DROP CONSTRAINT labels_tenant_id_asset_id_fkey; ' +
        'CREATE UNIQUE INDEX lone ON assets (id); ALTER TABLE labels ADD CONSTRAINT lone_asset FOREIGN KEY (asset_id) REFERENCES assets (id)',
      [
        'foreign key lone_asset of labels leaves the tenant out',
        'unique key lone of assets leaves the tenant out',
      ],
    ],
    [
      'ALTER TABLE products ADD UNIQUE (name)',
      ['unique key products_name_key of products leaves the tenant out'],
    ],
    [
      'CREATE VIEW own WITH (security_invoker = true) AS SELECT 1 AS one; ALTER VIEW own OWNER TO eventkit_app',
      ['role eventkit_app owns own'],
    ],
    ['GRANT TRUNCATE ON assets TO eventkit_app', ['eventkit_app may TRUNCATE on assets']],
    ['GRANT REFERENCES ON assets TO eventkit_app', ['eventkit_app may REFERENCES on assets']],
    ['GRANT INSERT ON assets TO eventkit_sync', ['eventkit_sync may INSERT on assets']],
    ['GRANT SELECT ON assets TO PUBLIC', ['PUBLIC may SELECT on assets']],
    ['GRANT CREATE ON SCHEMA public TO eventkit_app', ['eventkit_app may create in public']],
    ['GRANT USAGE ON SCHEMA sync TO eventkit_app', ['eventkit_app may use schema sync']],
    [
      'GRANT USAGE ON SCHEMA graphile_worker TO eventkit_app',
      ['eventkit_app may use schema graphile_worker'],
    ],
    ['GRANT SELECT ON assets TO eventkit_jobs', ['eventkit_jobs may SELECT on assets']],
    ['ALTER TABLE graphile_worker.migrations OWNER TO eventkit_jobs', ['role eventkit_jobs owns migrations']],
    ['GRANT UPDATE ON audit_log TO eventkit_app', ['eventkit_app may UPDATE on audit_log']],
    ['GRANT SELECT ON schema_migrations TO eventkit_app', ['eventkit_app has rights on schema_migrations']],
    [
      'CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$',
      [
        "function peek runs with the owner's rights and is not on the list",
        "function peek runs with the owner's rights and no fixed search_path",
        "function peek runs with the owner's rights for everybody",
      ],
    ],
    [
      'ALTER FUNCTION find_user_by_email RESET ALL',
      ["function find_user_by_email runs with the owner's rights and no fixed search_path"],
    ],
    ['DROP TRIGGER audit_delete ON assets', ['table assets is not audited for every change']],
    ['DROP TRIGGER audit_update ON movements', ['table movements is not audited for every change']],
    ['ALTER TABLE assets DISABLE TRIGGER audit_update', ['table assets is not audited for every change']],
    [
      'ALTER TABLE assets ADD colour text',
      ['table assets has changed: its migration must call audit_changes again'],
    ],
    [`ALTER TABLE assets ADD colour text; CALL audit_changes('assets')`, []],
    [
      `CREATE OR REPLACE FUNCTION write_audit_of_assets() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
      ['table assets has changed: its migration must call audit_changes again'],
    ],
    ['ALTER PUBLICATION powersync DROP TABLE labels', ['table labels is not published']],
    [
      'ALTER PUBLICATION powersync ADD TABLE sessions',
      ['table sessions is published, but no device holds it'],
    ],
    [
      'ALTER TABLE products RENAME COLUMN category TO kind',
      [
        'synced column products.category does not exist',
        'table products has changed: its migration must call audit_changes again',
      ],
    ],
    [
      'ALTER TABLE products DROP COLUMN power_watts; ALTER TABLE products ADD power_watts text',
      [
        'synced column products.power_watts is text, which does not become integer',
        'table products has changed: its migration must call audit_changes again',
      ],
    ],
  ])('would be told of: %s', async (sql, faults) => {
    await client.query('BEGIN');
    try {
      await client.query(sql);
      expect(await findCatalogueFaults(client)).toEqual(faults.toSorted());
    } finally {
      await client.query('ROLLBACK');
    }
  });

  test.each(['BYPASSRLS', 'LOGIN', 'CREATEDB'])('would be told of a role with %s', async (right) => {
    // Roles belong to the whole server; inside a transaction nobody else sees the change.
    await client.query('BEGIN');
    try {
      await client.query(`ALTER ROLE eventkit_app ${right}`);
      expect(await findCatalogueFaults(client)).toEqual(['role eventkit_app has rights of an administrator']);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});

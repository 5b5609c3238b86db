import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { insertTwoTenants, type TestTenant } from '@eventkit/database/testing/two-tenants.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestJobKinds } from '#testing/test-job-kinds.ts';

const jobKinds = createTestJobKinds();

let database: TestDatabase;
let app: pg.Pool;
let owner: pg.Pool;
let north: TestTenant;
let south: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createPool({
    url: database.ownerUrl,
    role: 'eventkit_app',
    max: 2,
    applicationName: 'job kinds test',
  });
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'job kinds test' });
  [north, south] = await insertTwoTenants(owner);
});
afterAll(async () => {
  await Promise.all([app.end(), owner.end()]);
  await database.drop();
});

/** Puts one row that is due for it and one that is not into each company. */
const plants = {
  'purge-idempotency-keys': (tenantId: string, userId: string) =>
    owner.query(
      `INSERT INTO idempotency_keys (tenant_id, user_id, key, rpc, request_hash, claim, claimed_at)
       SELECT $1, $2, age, 'Rpc', '', gen_random_uuid(), now() - age::interval FROM unnest(ARRAY['25 hours', '23 hours']) age`,
      [tenantId, userId],
    ),
  'purge-sessions': (tenantId: string, userId: string) =>
    owner.query(
      `INSERT INTO sessions (tenant_id, id_hash, user_id, refresh_token, expires_at)
       SELECT $1, sha256(($1::uuid::text || age)::bytea), $2, 'secret', now() + age::interval FROM unnest(ARRAY['-1 second', '1 hour']) age`,
      [tenantId, userId],
    ),
} satisfies Partial<Record<keyof typeof jobKinds, unknown>>;
const tables = { 'purge-idempotency-keys': 'idempotency_keys', 'purge-sessions': 'sessions' } as const;

describe.each(Object.keys(plants) as (keyof typeof plants)[])('%s', (kind) => {
  test('is made for each company that has any, removes what is over, and touches no other company', async () => {
    for (const { tenantId, userId } of [north, south]) await plants[kind](tenantId, userId);
    const { rounds, work } = jobKinds[kind];
    expect((await rounds.findCompanies(app)).toSorted()).toEqual([north.tenantId, south.tenantId].toSorted());

    expect(await withTenant(app, north.scope, (tx) => work(tx))).toBe(1);
    const left = await owner.query(
      `SELECT tenant_id, count(*)::int AS count FROM ${tables[kind]} GROUP BY tenant_id ORDER BY tenant_id`,
    );
    expect(left.rows).toEqual([
      { tenant_id: north.tenantId, count: 1 },
      { tenant_id: south.tenantId, count: 2 },
    ]);
    expect(await rounds.findCompanies(app)).toEqual([south.tenantId]);
  });
});

import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPool } from '#pool.ts';
import { withTenant } from '#tenant-transaction.ts';
import { insertRows } from '#testing/insert-rows.ts';
import { createTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { insertTwoTenants, type TestTenant, testId } from '#testing/two-tenants.ts';
import { factTables } from './entries.ts';
import { hashOfEntries, hashOfLink } from './link.ts';
import { insertLink, readLastLink } from './link-store.ts';
import { type Anchor, linkTrails, readReached } from './link-trails.ts';
import { verifyTrail } from './verify-trail.ts';

const clock = { wallMs: () => Date.parse('2026-03-01T10:00:00Z') };
const OPERATION = testId(1, 90);
const MOVEMENT = `${OPERATION}:0`;

let database: TestDatabase;
let owner: pg.Pool;
let app: pg.Pool;
let tenant: TestTenant;
let other: TestTenant;
let reached: string;

beforeEach(async () => {
  database = await createTestDatabase();
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 3, applicationName: 'test' });
  app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 4, applicationName: 'test' });
  [tenant, other] = await insertTwoTenants(owner);
  reached = '0';
  await recordScan();
});
afterEach(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.drop();
});

/** An operation with one fact, as a device sends it. */
async function recordScan() {
  const deviceId = testId(1, 80);
  await insertRows(owner, 'devices', [
    {
      tenant_id: tenant.tenantId,
      id: deviceId,
      name: 'Dock 1',
      registered_at: '2026-01-01',
      registered_by: tenant.userId,
    },
  ]);
  const fact = {
    tenant_id: tenant.tenantId,
    device_id: deviceId,
    sequence: 1,
    recorded_by: tenant.userId,
    effective_at: '2026-02-01',
    received_at: '2026-02-01',
  };
  await withTenant(app, { ...tenant.scope, deviceId }, async (tx) => {
    await insertRows(tx, 'operations', [
      {
        ...fact,
        id: OPERATION,
        epoch: testId(1, 81),
        kind: 'move',
        schema_version: 1,
        envelope: '\\x0a',
        recorded_at: '2026-02-01',
        verdict: 'applied',
      },
    ]);
    await insertRows(tx, 'movements', [
      {
        ...fact,
        id: MOVEMENT,
        operation_id: OPERATION,
        asset_id: tenant.assetId,
        kind: 'move',
        to_kind: 'location',
        to_id: tenant.shelfId,
      },
    ]);
  });
}

/** Until what was written so far can be linked: transactions of other tests on this server may still run. */
async function untilSettled() {
  const { rows } = await owner.query<{ moment: string }>('SELECT audit_moment()::text AS moment');
  await vi.waitUntil(async () => {
    const { rows: found } = await owner.query<{ isPast: boolean }>(
      'SELECT audit_horizon() > $1::bigint AS "isPast"',
      [rows[0]?.moment],
    );
    return found[0]?.isPast === true;
  }, 30_000);
}

async function link(isForAll = false): Promise<readonly Anchor[]> {
  await untilSettled();
  return linkNow(isForAll);
}

async function linkNow(isForAll = false): Promise<readonly Anchor[]> {
  const linked = await linkTrails({ pool: app, clock }, { reached, isForAll });
  reached = linked.reached;
  return linked.anchors;
}
const verify = (anchors: readonly Anchor[] = [], tenantId = tenant.tenantId) =>
  verifyTrail(owner, tenantId, anchors);
const rename = (name: string) =>
  withTenant(app, tenant.scope, (tx) =>
    tx.query('UPDATE products SET name = $1 WHERE id = $2', [name, tenant.productId]),
  );
/** As somebody who owns the database and knows how to keep its triggers quiet. */
async function tamper(sql: string) {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(sql);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

describe('the chain of the audit trail', () => {
  test('holds every entry of each company once, facts with the operations that brought them', async () => {
    const anchors = await link();
    expect(anchors.map(({ tenantId, position }) => [tenantId, position]).toSorted()).toEqual([
      [tenant.tenantId, 1],
      [other.tenantId, 1],
    ]);
    const first = await verify(anchors);
    expect(first).toMatchObject({ linkCount: 1, openCount: 0, fault: null });
    const { rows } = await owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM audit_log WHERE tenant_id = $1',
      [tenant.tenantId],
    );
    expect(first.entryCount).toBe((rows[0]?.n ?? 0) + 2);

    await rename('Spot');
    expect(await verify(anchors)).toMatchObject({ linkCount: 1, openCount: 1, fault: null });
    expect(await link()).toMatchObject([{ tenantId: tenant.tenantId, position: 2 }]);
    expect(await link()).toEqual([]);
    expect(await verify(anchors)).toMatchObject({ linkCount: 2, openCount: 0, fault: null });
    expect(await verify([], other.tenantId)).toMatchObject({ linkCount: 1, fault: null });
    expect(BigInt(await readReached(app))).toBeGreaterThan(0n);
  });

  test('waits for nobody and nobody for it: what is still being written comes into a later link', async () => {
    await link();
    const slow = await app.connect();
    await slow.query('BEGIN');
    await slow.query(`SELECT set_config('eventkit.tenant_id', $1, true)`, [tenant.tenantId]);
    await slow.query(`UPDATE products SET name = 'slow' WHERE id = $1`, [tenant.productId]);
    await withTenant(app, tenant.scope, (tx) =>
      tx.query(`UPDATE storage_locations SET name = 'quick' WHERE id = $1`, [tenant.shelfId]),
    );
    expect(await linkNow()).toEqual([]);
    expect(await verify()).toMatchObject({ openCount: 1, fault: null });
    await slow.query('COMMIT');
    slow.release();
    expect(await link()).toHaveLength(1);
    expect(await verify()).toMatchObject({ linkCount: 2, openCount: 0, fault: null });
  });

  test('gets one link a time where two servers make it', async () => {
    await Promise.all(
      [0, 1, 2, 3].map(() => linkTrails({ pool: app, clock }, { reached: '0', isForAll: true })),
    );
    expect((await verify()).fault).toBeNull();
    expect((await verify([], other.tenantId)).fault).toBeNull();
  });

  test('goes on after a restore from a dump, on a server that counts from the start', async () => {
    await link();
    const scope = tenant.scope;
    const far = '900000000000';
    await withTenant(app, scope, async (tx) => {
      const last = await readLastLink(tx, tenant.tenantId);
      const empty = {
        ...{ position: 2, untilMoment: far, entryCount: 0, entriesHash: hashOfEntries([]) },
        ...{ marks: Buffer.alloc(0), linkedAtMicros: '1772359200000000' },
      };
      await insertLink(tx, tenant.tenantId, {
        ...empty,
        hash: hashOfLink(tenant.tenantId, last?.hash ?? null, empty),
      });
    });
    await owner.query('CALL ensure_audit_moments()');
    await owner.query('CALL ensure_audit_moments()');
    await rename('after the restore');
    expect((await link(true)).some(({ position }) => position === 3)).toBe(true);
    expect(await verify()).toMatchObject({ linkCount: 3, openCount: 0, fault: null });
  });

  test.each([`UPDATE audit_links SET entry_count = 0`, 'DELETE FROM audit_links', 'TRUNCATE audit_links'])(
    'is append-only, for the owner too: %s',
    async (sql) => {
      await link();
      await expect(owner.query(sql)).rejects.toThrow(/audit_links is append-only/);
      await expect(app.query(sql)).rejects.toThrow(/permission denied|append-only/);
    },
  );

  test('knows all tables that are their own trail', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND names_its_cause(oid) ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...factTables]);
  });
});

describe('what was done by hand is found, though the triggers were quiet', () => {
  beforeEach(async () => {
    await rename('Lamp 1');
    await link();
    await rename('Lamp 2');
    await rename('Lamp 3');
    await rename('Lamp 4');
    await link();
    await rename('Lamp 5');
    await link();
    expect((await verify()).fault).toBeNull();
  });
  const lamp = (number: number) => `changes #>> '{name,1}' = 'Lamp ${number}'`;
  const idOf = async (number: number) => {
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id::text FROM audit_log WHERE ${lamp(number)}`,
    );
    return { source: 'audit_log', id: rows[0]?.id };
  };

  test.each([
    ['a value', `changes = '{"name": ["Lamp 2", "Lump"]}'`],
    ['a null', `changes = '{"name": ["Lamp 2", "Lamp 3"], "x": [null, {"a": null}]}'`],
    ['the person', 'user_id = NULL'],
    ['the instant', `at = at - interval '1 second'`],
    ['the record', `row_id = '${testId(1, 5)}'`],
  ])('an entry changed: %s', async (_what, change) => {
    const entry = await idOf(3);
    await tamper(`UPDATE audit_log SET ${change} WHERE ${lamp(3)}`);
    expect((await verify()).fault).toEqual({
      ...{ tag: 'entry', position: 2, problem: 'changed', entry, after: await idOf(2) },
    });
  });

  test('an entry removed', async () => {
    await tamper(`DELETE FROM audit_log WHERE ${lamp(3)}`);
    expect((await verify()).fault).toEqual({
      ...{ tag: 'entry', position: 2, problem: 'removed', entry: null, after: await idOf(2) },
    });
  });

  test('the first and the last entry of a link removed', async () => {
    await tamper(`DELETE FROM audit_log WHERE ${lamp(4)}`);
    expect((await verify()).fault).toMatchObject({ position: 2, problem: 'removed', after: await idOf(3) });
    await tamper(`DELETE FROM audit_log WHERE ${lamp(2)}`);
    expect((await verify()).fault).toMatchObject({ position: 2, problem: 'removed', after: null });
  });

  test.each(["(SELECT moment FROM audit_log WHERE changes #>> '{name,1}' = 'Lamp 3')", '-1', '0'])(
    'an entry inserted, as of moment %s',
    async (moment) => {
      await tamper(`INSERT INTO audit_log (tenant_id, table_name, row_id, action, changes, moment)
        VALUES ('${tenant.tenantId}', 'products', 'forged', 'update', '{}', ${moment})`);
      const { fault } = await verify();
      expect(fault).toMatchObject({ tag: 'entry', problem: 'inserted', entry: { source: 'audit_log' } });
    },
  );

  test('an entry moved to a time that has not come', async () => {
    await tamper(`INSERT INTO audit_log (tenant_id, table_name, row_id, action, changes, moment)
      VALUES ('${tenant.tenantId}', 'products', 'forged', 'update', '{}', 9000000000000000000)`);
    expect((await verify()).fault).toMatchObject({ tag: 'entry', problem: 'inserted', position: null });
  });

  test('an operation changed, and one removed with its facts', async () => {
    await tamper(`UPDATE operations SET verdict = 'refused' WHERE id = '${OPERATION}'`);
    expect((await verify()).fault).toMatchObject({
      ...{ position: 1, problem: 'changed', entry: { source: 'operations', id: OPERATION } },
    });
    await tamper(
      `DELETE FROM movements WHERE operation_id = '${OPERATION}'; DELETE FROM operations WHERE id = '${OPERATION}'`,
    );
    expect((await verify()).fault).toMatchObject({ position: 1, problem: 'removed' });
  });

  test('a fact changed, with the triggers on too', async () => {
    await owner.query(`UPDATE movements SET note = 'never said' WHERE id = $1`, [MOVEMENT]);
    expect((await verify()).fault).toMatchObject({
      ...{ position: 1, problem: 'changed', entry: { source: 'movements', id: MOVEMENT } },
    });
  });

  test('a fact removed', async () => {
    await tamper(`DELETE FROM movements WHERE id = '${MOVEMENT}'`);
    expect((await verify()).fault).toMatchObject({ position: 1, problem: 'removed' });
  });

  test.each([OPERATION, testId(1, 99)])('a fact inserted, for operation %s', async (operationId) => {
    await tamper(`INSERT INTO movements (tenant_id, id, operation_id, asset_id, kind, effective_at, device_id, sequence,
        recorded_by, received_at, to_kind, to_id)
      SELECT tenant_id, '${operationId}:7', '${operationId}', asset_id, kind, effective_at, device_id, sequence,
        recorded_by, received_at, to_kind, to_id FROM movements WHERE id = '${MOVEMENT}'`);
    expect((await verify()).fault).toMatchObject({
      ...{ problem: 'inserted', entry: { source: 'movements', id: `${operationId}:7` } },
    });
  });

  test('but what a device said later of a fact is no tampering', async () => {
    const client = await owner.connect();
    await client.query('BEGIN');
    await client.query(
      `SELECT set_config('eventkit.tenant_id', $1, true), set_config('eventkit.device_id', $2, true)`,
      [tenant.tenantId, testId(1, 80)],
    );
    await client.query(`UPDATE movements SET note = 'once' WHERE id = $1`, [MOVEMENT]);
    await client.query(`UPDATE movements SET note = 'twice' WHERE id = $1`, [MOVEMENT]);
    await client.query('COMMIT');
    client.release();
    expect((await verify()).fault).toBeNull();
    await link();
    expect((await verify()).fault).toBeNull();
  });

  test('a link changed, removed, or cut off, where it was kept elsewhere', async () => {
    const anchors = await link(true);
    await tamper('DELETE FROM audit_links WHERE position = 4');
    expect((await verify()).fault).toBeNull();
    expect((await verify(anchors)).fault).toEqual({ tag: 'link', problem: 'missing', position: 4 });
    await tamper('DELETE FROM audit_links WHERE position = 2');
    expect((await verify()).fault).toEqual({ tag: 'link', problem: 'missing', position: 2 });
    await tamper(`UPDATE audit_links SET linked_at = linked_at - interval '1 day' WHERE position = 1`);
    expect((await verify()).fault).toEqual({ tag: 'link', problem: 'changed', position: 1 });
  });

  test('a chain that was made anew over changed entries, by what was kept elsewhere alone', async () => {
    const anchors = await link(true);
    await tamper(`UPDATE audit_log SET user_id = NULL WHERE ${lamp(3)}`);
    await tamper('TRUNCATE audit_links');
    reached = '0';
    for (let count = 0; count < 4; count += 1) {
      await rename(`Lamp again ${count}`);
      await link(true);
    }
    expect((await verify()).fault).toBeNull();
    expect((await verify(anchors)).fault).toEqual({ tag: 'anchor', position: 4 });
  });

  test('in its own company alone', async () => {
    await tamper(`DELETE FROM audit_log WHERE ${lamp(3)}`);
    expect((await verify([], other.tenantId)).fault).toBeNull();
  });
});

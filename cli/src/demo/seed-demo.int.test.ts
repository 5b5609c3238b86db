import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { decodeOperation } from '@eventkit/proto/operation-codec.ts';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import {
  type AssetRow,
  assetOfRow,
  type MovementRow,
  movementOfRow,
} from '@eventkit/shared/schema/ledger-rows.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeedSummary, seedDemo } from './seed-demo.ts';

const nowMs = Date.parse('2026-11-26T10:00:00Z');

describe('seeding', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  let app: pg.Pool;
  let first: SeedSummary;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
    app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 1, applicationName: 'test' });
    first = await seedDemo({ ownerUrl: database.ownerUrl, assetCount: 1000, nowMs });
  });
  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });

  const scopeOf = (index: number) => ({
    tenantId: first.companies[index]?.tenantId ?? '',
    userId: null,
    deviceId: null,
    operationId: null,
    requestId: null,
  });

  test('tells what it made: two companies, their people, what was odd in the catalogue', () => {
    expect(first.companies.map(({ name, wasThere, assetCount }) => [name, wasThere, assetCount])).toEqual([
      ['Nordlicht Veranstaltungstechnik', false, 1000],
      ['Bühne Süd', false, 150],
    ]);
    expect(first.companies[0]?.users.map(({ email, role }) => [email, role])).toContainEqual([
      'lea@nordlicht.example',
      'planner',
    ]);
    expect(first.catalogue?.centimetreCount).toBe(15);
  });

  test('again changes nothing, whatever is asked for', async () => {
    const before = await fingerprint(owner);
    const again = await seedDemo({
      ownerUrl: database.ownerUrl,
      assetCount: 300,
      seed: 9,
      nowMs: nowMs + 1e9,
    });
    expect(again.companies.map(({ wasThere, assetCount }) => [wasThere, assetCount])).toEqual([
      [true, 1000],
      [true, 150],
    ]);
    expect(again.companies.map(({ users }) => users)).toEqual(first.companies.map(({ users }) => users));
    expect(await fingerprint(owner)).toEqual(before);
  });

  test('with the same seed and moment makes the same rows in another database', async () => {
    const other = await createTestDatabase();
    const pool = createPool({ url: other.ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
    try {
      // Two at once: one writes, the other finds everything there.
      const seeded = await Promise.all(
        [1, 2].map(() => seedDemo({ ownerUrl: other.ownerUrl, assetCount: 1000, nowMs })),
      );
      expect(seeded.map(({ companies }) => companies[0]?.wasThere).sort()).toEqual([false, true]);
      expect(await fingerprint(pool)).toEqual(await fingerprint(owner));
    } finally {
      await pool.end();
      await other.drop();
    }
  });

  test('leaves assets as the fold of their movements says, without a conflict', async () => {
    const [assets, movements] = await withTenant(app, scopeOf(0), async (tx) => [
      (await tx.query<AssetRow>(`SELECT ${selectOf('assets')} FROM assets`)).rows,
      (await tx.query<MovementRow>(`SELECT ${selectOf('movements')} FROM movements`)).rows,
    ]);
    expect(movements.length).toBeGreaterThan(100);
    const known = assets.map(assetOfRow);
    const fold = foldAssets(known, movements.map(movementOfRow));
    expect(fold.conflicts).toEqual([]);
    expect(known.map(({ id, state }) => [id, state])).toEqual(
      known.map(({ id }) => [id, fold.statesById.get(id)]),
    );
  });

  test('stores operations that can be read, each the cause of its movement, gapless on each device', async () => {
    const { rows } = await withTenant(app, scopeOf(0), (tx) =>
      tx.query<{ id: string; envelope: Buffer; asset_id: string; device_id: string; sequence: number }>(
        `SELECT o.id, o.envelope, m.asset_id, o.device_id, o.sequence FROM operations o
         JOIN movements m ON m.operation_id = o.id ORDER BY o.device_id, o.sequence`,
      ),
    );
    const lastByDevice = new Map<string, number>();
    for (const row of rows) {
      const operation = decodeOperation(row.envelope);
      if (!operation.ok) throw new Error(operation.error.problem);
      expect(operation.value.id).toBe(row.id);
      expect('asset' in operation.value.intent && operation.value.intent.asset.assetId).toBe(row.asset_id);
      expect(row.sequence).toBe((lastByDevice.get(row.device_id) ?? 0) + 1);
      lastByDevice.set(row.device_id, row.sequence);
    }
    const progress = await withTenant(app, scopeOf(0), (tx) =>
      tx.query<{ device_id: string; last_sequence: number }>(
        'SELECT device_id, last_sequence FROM device_progress',
      ),
    );
    for (const { device_id, last_sequence } of progress.rows) {
      expect(last_sequence).toBe(lastByDevice.get(device_id) ?? 0);
    }
  });

  test('is in the audit trail, row by row', async () => {
    const { rows } = await withTenant(app, scopeOf(0), (tx) =>
      tx.query(
        `SELECT table_name, count(*) FROM audit_log WHERE action = 'insert' AND request_id = 'seed'
         AND table_name IN ('assets', 'events', 'users') GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(rows).toEqual([
      { table_name: 'assets', count: 1000 },
      { table_name: 'events', count: 40 },
      { table_name: 'users', count: 5 },
    ]);
  });

  test('refuses a company that is too small to look like one', async () => {
    await expect(seedDemo({ ownerUrl: database.ownerUrl, assetCount: 20, nowMs })).rejects.toThrow(
      RangeError,
    );
  });
});

/** Booleans as devices have them. */
function selectOf(table: 'assets' | 'movements'): string {
  return columnsOf(table)
    .map((column) => (column === 'is_case' ? 'is_case::int' : column))
    .join(', ');
}

/** One hash for the rows of each table, without the columns that say when they were written. */
async function fingerprint(pool: pg.Pool): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  const tables = [
    'tenants',
    'users',
    'devices',
    'products',
    'storage_locations',
    'vehicles',
    'case_template_lines',
    'assets',
    'labels',
    'events',
  ];
  for (const table of [
    ...tables,
    'pull_lists',
    'pull_list_lines',
    'operations',
    'movements',
    'device_progress',
  ]) {
    const { rows } = await pool.query<{ hash: string }>(
      `SELECT md5(string_agg(row, ' ' ORDER BY row)) AS hash
       FROM (SELECT (to_jsonb(t) - 'created_at' - 'registered_at' - 'moment')::text AS row FROM ${table} t) AS x`,
    );
    hashes[table] = rows[0]?.hash ?? '';
  }
  return hashes;
}

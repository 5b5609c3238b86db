import { randomUUID } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postRpc } from '#testing/post-rpc.ts';
import type { TestCompany } from '#testing/seed-two-companies.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { createTestJobKinds } from '#testing/test-job-kinds.ts';

type Answer = {
  readonly itemId?: string;
  readonly withCount?: number;
  readonly holds?: readonly unknown[];
  readonly cameAlong?: readonly string[];
  readonly items?: readonly Record<string, unknown>[];
};
type Role = keyof TestCompany['users'];

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
let own: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  api = await startTestApi();
  [own, other] = api.companies;
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'trash test' });
  [owner, app] = [pool('owner'), pool('eventkit_app')];
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});

const scope = () => ({
  ...{ tenantId: own.tenantId, userId: null, deviceId: null, operationId: null, requestId: null },
});

async function call(rpc: string, body: object, role: Role = 'admin', company = own) {
  const authorization = `Bearer ${await api.provider.accessToken(company.users[role])}`;
  const answer = await postRpc(api.url, `TrashService/${rpc}`, { headers: { authorization }, body });
  return { status: answer.status, ...((await answer.json()) as Answer) };
}
const remove = (kind: string, recordId: string, role?: Role, company?: TestCompany) =>
  call('DeleteRecord', { kind: `TRASH_KIND_${kind}`, recordId }, role, company);
const restore = (itemId: unknown, role?: Role, company?: TestCompany) =>
  call('RestoreRecord', { itemId }, role, company);
async function listed(role?: Role) {
  const { items = [] } = await call('ListTrash', {}, role);
  return items;
}

let ids: { product: string; pieces: [string, string]; room: string; shelf: string; event: string };
beforeEach(async () => {
  ids = {
    ...{ product: randomUUID(), pieces: [randomUUID(), randomUUID()] },
    ...{ room: randomUUID(), shelf: randomUUID(), event: randomUUID() },
  };
  const { product, pieces, room, shelf, event } = ids;
  const tenant = own.tenantId;
  await owner.query(
    `INSERT INTO products (tenant_id, id, name, manufacturer, category, tracking) VALUES ($1, $2, 'Spot', 'Maker', 'Light', 'serialised')`,
    [tenant, product],
  );
  await owner.query(
    `INSERT INTO storage_locations (tenant_id, id, parent_id, kind, code, name)
     VALUES ($1, $2, NULL, 'room', 'R' || $2::uuid, 'Room'), ($1, $3, $2, 'shelf', 'S' || $3::uuid, 'Shelf')`,
    [tenant, room, shelf],
  );
  for (const piece of pieces)
    await owner.query(
      `INSERT INTO assets (tenant_id, id, product_id, code, baseline_kind, baseline_id, place_kind, place_id)
       VALUES ($1, $2, $3, 'T-' || $2::uuid, 'location', $4, 'location', $4)`,
      [tenant, piece, product, shelf],
    );
  await owner.query(
    `INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
     VALUES ($1, $2, 'Gala', 'confirmed', now(), now(), now(), now())`,
    [tenant, event],
  );
});

async function isDeleted(table: string, id: string): Promise<boolean | null> {
  const { rows } = await owner.query<{ gone: boolean }>(
    `SELECT deleted_at IS NOT NULL AS gone FROM ${table} WHERE id = $1`,
    [id],
  );
  return rows[0]?.gone ?? null;
}

let sequence = 0;
/** What a push writes for a scan, as far as it matters here. */
async function scan(assetId: string, toKind: 'location' | 'event', toId: string) {
  const operationId = randomUUID();
  sequence += 1;
  await withTenant(owner, scope(), async (tx) => {
    await tx.query(
      `INSERT INTO operations (tenant_id, id, device_id, epoch, sequence, kind, schema_version, envelope, recorded_at,
         recorded_by, verdict, effective_at, received_at)
       VALUES ($1, $2, $3, $2, $5, 'move', 1, 'x', now(), $4, 'applied', now(), now())`,
      [own.tenantId, operationId, own.deviceId, own.users.warehouse.id, sequence],
    );
    await tx.query(
      `INSERT INTO movements (tenant_id, id, operation_id, asset_id, kind, effective_at, device_id, sequence, recorded_by, to_kind, to_id, received_at)
       VALUES ($1, $2::uuid || ':0', $2::uuid, $3, 'move', now(), $4, 1, $5, $6, $7, now())`,
      [own.tenantId, operationId, assetId, own.deviceId, own.users.warehouse.id, toKind, toId],
    );
  });
}

describe('what is deleted', () => {
  test('goes with what belongs to it, is in the trash, and comes back whole', async () => {
    const { itemId, withCount } = await remove('PRODUCT', ids.product);
    expect(withCount).toBe(2);
    for (const piece of ids.pieces) expect(await isDeleted('assets', piece)).toBe(true);
    expect((await listed()).find(({ id }) => id === itemId)).toMatchObject({
      ...{ kind: 'TRASH_KIND_PRODUCT', name: 'Maker Spot', withCount: 2, deletedBy: expect.any(String) },
    });
    expect(await remove('PRODUCT', ids.product)).toMatchObject({ status: 200, itemId });
    expect((await restore(itemId)).status).toBe(200);
    expect(await isDeleted('products', ids.product)).toBe(false);
    for (const piece of ids.pieces) expect(await isDeleted('assets', piece)).toBe(false);
    expect((await listed()).some(({ id }) => id === itemId)).toBe(false);
    expect((await restore(itemId)).status).toBe(404);
  });

  test('is on the trail with who did it', async () => {
    await remove('EVENT', ids.event, 'planner');
    const { rows } = await owner.query(
      `SELECT user_id FROM audit_log WHERE table_name = 'events' AND row_id = $1 AND changes ? 'deleted_at' AND action = 'update'`,
      [ids.event],
    );
    expect(rows).toEqual([{ user_id: own.users.planner.id }]);
  });

  test('brings what it is part of', async () => {
    const [piece, sibling] = ids.pieces;
    const { itemId } = await remove('ASSET', piece);
    await remove('PRODUCT', ids.product);
    expect(await restore(itemId)).toMatchObject({ cameAlong: ['Maker Spot'] });
    expect(await isDeleted('products', ids.product)).toBe(false);
    expect(await isDeleted('assets', sibling)).toBe(true);
    // What had gone with the product stays, each by itself.
    const left = (await listed()).find(({ recordId }) => recordId === sibling);
    expect((await restore(left?.['id'])).status).toBe(200);
    expect(await isDeleted('assets', sibling)).toBe(false);
  });

  test('a place brings the places around it', async () => {
    await owner.query('UPDATE assets SET place_id = gen_random_uuid() WHERE product_id = $1', [ids.product]);
    const { itemId } = await remove('STORAGE_LOCATION', ids.shelf);
    await remove('STORAGE_LOCATION', ids.room);
    await restore(itemId);
    expect(await isDeleted('storage_locations', ids.room)).toBe(false);
    expect(await isDeleted('storage_locations', ids.shelf)).toBe(false);
  });

  test('counts as there again once somebody scans it who did not know, with its event and product', async () => {
    const [piece, sibling] = ids.pieces;
    await remove('PRODUCT', ids.product);
    await remove('EVENT', ids.event);
    await scan(piece, 'event', ids.event);
    expect(await isDeleted('assets', piece)).toBe(false);
    expect(await isDeleted('products', ids.product)).toBe(false);
    expect(await isDeleted('events', ids.event)).toBe(false);
    expect(await isDeleted('assets', sibling)).toBe(true);
    const back = (await listed()).filter(({ recordId }) => [piece, ids.event].includes(String(recordId)));
    expect(back).toHaveLength(2);
    for (const item of back) expect(item['cameBackAtMicros']).toEqual(expect.any(String));
  });
});

describe('what holds', () => {
  test.each([
    ['ASSET', `UPDATE assets SET place_kind = 'event', place_id = $2 WHERE id = $1`, 'OUT_ON_EVENT'],
    ['ASSET', `UPDATE assets SET place_kind = 'vehicle', place_id = $2 WHERE id = $1`, 'ON_VEHICLE'],
    ['ASSET', `UPDATE assets SET place_kind = 'case', place_id = $2 WHERE id = $1`, 'IN_CASE'],
    ['PRODUCT', `UPDATE assets SET place_kind = 'event', place_id = $2 WHERE id = $1`, 'OUT_ON_EVENT'],
    ['EVENT', `UPDATE assets SET place_kind = 'event', place_id = $2 WHERE id = $1`, 'OUT_ON_EVENT'],
    ['STORAGE_LOCATION', 'SELECT $1::uuid, $2::uuid', 'HOLDS_PIECES'],
  ])('%s: %s', async (kind, sql, reason) => {
    const [piece] = ids.pieces;
    await owner.query(sql, [piece, ids.event]);
    const record =
      { ASSET: piece, PRODUCT: ids.product, EVENT: ids.event, STORAGE_LOCATION: ids.room }[kind] ?? '';
    const { status, itemId, holds } = await remove(kind, record);
    expect(status).toBe(200);
    expect(itemId).toBeUndefined();
    expect(holds).toMatchObject([{ reason: `TRASH_HOLD_REASON_${reason}` }]);
    for (const [table, id] of [
      ['assets', piece],
      ['products', ids.product],
      ['events', ids.event],
      ['storage_locations', ids.room],
    ] as const)
      expect(await isDeleted(table, id)).toBe(false);
  });

  test('a scan that is not committed yet is waited for, and then holds', async () => {
    const [piece] = ids.pieces;
    const client = await owner.connect();
    await client.query('BEGIN');
    await client.query(`UPDATE assets SET place_kind = 'event', place_id = $2 WHERE id = $1`, [
      piece,
      ids.event,
    ]);
    const deleting = remove('ASSET', piece);
    await expect.poll(async () => (await client.query(WAITING)).rowCount).toBe(1);
    await client.query('COMMIT');
    client.release();
    expect(await deleting).toMatchObject({ holds: [{ reason: 'TRASH_HOLD_REASON_OUT_ON_EVENT' }] });
  });
});

const WAITING = `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.query LIKE '%FOR UPDATE%'`;

describe('who may', () => {
  test('follows the kind of record, and ends at the company', async () => {
    const { itemId } = await remove('EVENT', ids.event);
    expect((await remove('EVENT', ids.event, 'warehouse')).status).toBe(403);
    expect((await remove('ASSET', ids.pieces[0], 'planner')).status).toBe(403);
    expect((await restore(itemId, 'warehouse')).status).toBe(403);
    expect((await listed('warehouse')).some(({ id }) => id === itemId)).toBe(false);
    expect((await listed('planner')).some(({ id }) => id === itemId)).toBe(true);
    expect((await restore(itemId, 'admin', other)).status).toBe(404);
    expect((await remove('ASSET', ids.pieces[0], 'admin', other)).status).toBe(404);
    expect(await isDeleted('assets', ids.pieces[0])).toBe(false);
    expect(await isDeleted('events', ids.event)).toBe(true);
  });

  test('the running system removes no record by itself', async () => {
    for (const table of ['products', 'assets', 'events', 'storage_locations'])
      await expect(withTenant(app, scope(), (tx) => tx.query(`DELETE FROM ${table}`))).rejects.toThrow(
        'permission denied',
      );
  });
});

describe('after the days that the company says', () => {
  const age = (days: number) =>
    owner.query(
      `UPDATE trash_items SET deleted_at = now() - make_interval(days => $2) WHERE tenant_id = $1`,
      [own.tenantId, days],
    );
  const purge = () => {
    const { work } = createTestJobKinds()['purge-trash'];
    return withTenant(app, scope(), work);
  };

  test('what nothing names is removed for good, not a day before', async () => {
    await remove('PRODUCT', ids.product);
    await remove('EVENT', ids.event);
    await age(29);
    expect(await purge()).toBe(0);
    await age(31);
    const { rounds } = createTestJobKinds()['purge-trash'];
    expect(await rounds.findCompanies(app)).toEqual([own.tenantId]);
    expect(await purge()).toBeGreaterThanOrEqual(4);
    expect(await isDeleted('products', ids.product)).toBeNull();
    expect(await isDeleted('assets', ids.pieces[0])).toBeNull();
    expect(await isDeleted('events', ids.event)).toBeNull();
    const purged = [ids.product, ...ids.pieces, ids.event];
    expect((await listed()).filter(({ recordId }) => purged.includes(`${recordId}`))).toEqual([]);
  });

  test('what a fact names stays as a mark, and is there again when it is scanned after all', async () => {
    const [piece, unmoved] = ids.pieces;
    await scan(piece, 'location', ids.shelf);
    await remove('PRODUCT', ids.product);
    await age(31);
    await purge();
    expect(await isDeleted('assets', piece)).toBe(true);
    expect(await isDeleted('assets', unmoved)).toBeNull();
    expect(await isDeleted('products', ids.product)).toBe(true);
    await scan(piece, 'location', ids.shelf);
    expect(await isDeleted('assets', piece)).toBe(false);
    expect(await isDeleted('products', ids.product)).toBe(false);
  });
});

import { randomBytes } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { type BuiltInRole, builtInRoles } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';

export type TestCompany = {
  readonly tenantId: string;
  readonly users: Readonly<Record<BuiltInRole, { readonly id: string; readonly email: string }>>;
  readonly productIds: readonly string[];
  /** In the order of their codes. */
  readonly assets: readonly { readonly id: string; readonly code: string }[];
  readonly deviceId: string;
  readonly revokedDeviceId: string;
  /** Of the first asset, newest first. */
  readonly movementIds: readonly string[];
  readonly conflictId: string;
};

const PRODUCTS = 7;
const ASSETS = 12;
const MOVEMENTS = 5;

/** Two companies of the same shape that share codes and labels, so that a leak shows. */
export async function seedTwoCompanies(ownerUrl: string): Promise<readonly [TestCompany, TestCompany]> {
  const pool = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: 'eventkit test seed' });
  try {
    return [await seedCompany(pool, 'north'), await seedCompany(pool, 'south')];
  } finally {
    await pool.end();
  }
}

async function seedCompany(pool: pg.Pool, slug: string): Promise<TestCompany> {
  const tenantId = newId();
  await pool.query('INSERT INTO tenants (id, name, slug) VALUES ($1, $2, $3)', [
    tenantId,
    `Company ${slug}`,
    slug,
  ]);
  const insert = async (table: string, row: Readonly<Record<string, unknown>>) => {
    const columns = ['tenant_id', ...Object.keys(row)];
    const places = columns.map((_, index) => `$${index + 1}`);
    await pool.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`, [
      tenantId,
      ...Object.values(row),
    ]);
  };

  const users = Object.fromEntries(
    builtInRoles.map((role) => [role, { id: newId(), email: `${role}@${slug}.test` }]),
  ) as TestCompany['users'];
  for (const role of builtInRoles)
    await insert('users', { ...users[role], name: `${role} of ${slug}`, role });
  const by = users.warehouse.id;

  const locationId = newId();
  await insert('storage_locations', { id: locationId, kind: 'depot', code: 'D1', name: 'Depot' });
  const productIds = Array.from({ length: PRODUCTS }, newId);
  for (const [index, id] of productIds.entries()) {
    // Two names are the same, so that the order needs the id.
    const name = `Product ${Math.floor(index / 2)}`;
    await insert('products', {
      id,
      name,
      category: 'Moving Head',
      tracking: 'serialised',
      weight_grams: 21_500,
    });
  }
  const place = {
    baseline_kind: 'location',
    baseline_id: locationId,
    place_kind: 'location',
    place_id: locationId,
  };
  const assets = Array.from({ length: ASSETS }, (_, index) => ({
    id: newId(),
    code: `A-${String(index).padStart(4, '0')}`,
  }));
  for (const [index, { id, code }] of assets.entries()) {
    await insert('assets', { id, code, product_id: productIds[index % 2], ...place });
    await insert('labels', { id: newId(), value: `QR-${code}`, asset_id: id });
  }
  const deviceId = newId();
  const revokedDeviceId = newId();
  await insert('devices', { id: deviceId, name: 'Dock 2', registered_by: by });
  await insert('devices', {
    id: revokedDeviceId,
    name: 'Lost phone',
    registered_by: by,
    revoked_at: '2026-01-01Z',
  });

  const assetId = assets[0]?.id;
  const movementIds: string[] = [];
  const epoch = newId();
  for (let sequence = 1; sequence <= MOVEMENTS; sequence += 1) {
    const at = `2026-11-22T10:00:0${Math.floor(sequence / 2)}.000001Z`;
    const operationId = newId();
    const instants = { effective_at: at, received_at: at };
    await insert('operations', {
      ...{ id: operationId, device_id: deviceId, epoch, sequence, kind: 'move', schema_version: 1 },
      ...{ envelope: Buffer.from([1]), recorded_at: at, recorded_by: by, verdict: 'applied', ...instants },
    });
    const id = `${operationId}:0`;
    await insert('movements', {
      ...{ id, operation_id: operationId, asset_id: assetId, kind: 'move', device_id: deviceId, sequence },
      ...{ recorded_by: by, to_kind: 'location', to_id: locationId, ...instants },
    });
    movementIds.unshift(id);
  }
  const conflictId = `two_cases:${movementIds[0]}`;
  await insert('conflicts', {
    ...{ id: conflictId, class: 'two_cases', status: 'open', asset_id: assetId },
    ...{
      first_movement_id: movementIds[1],
      second_movement_id: movementIds[0],
      opened_at: '2026-11-22T10:00:05Z',
    },
  });
  return { tenantId, users, productIds, assets, deviceId, revokedDeviceId, movementIds, conflictId };
}

function newId(): string {
  return uuidV7(1_795_000_000_000, randomBytes(10));
}

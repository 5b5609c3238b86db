import type { Client } from 'pg';

export type TestTenant = {
  readonly id: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly productId: string;
  readonly locationId: string;
};

/** A tenant with a user, a device, a product and a location, all with ids that tell the number. */
export async function insertTenant(db: Client, number: number): Promise<TestTenant> {
  const id = testId(number, 0);
  const tenant = {
    id,
    userId: testId(number, 1),
    deviceId: testId(number, 2),
    productId: testId(number, 3),
    locationId: testId(number, 4),
  };
  await db.query('INSERT INTO tenants (id, name, slug) VALUES ($1, $2, $3)', [
    id,
    `T${number}`,
    `t${number}`,
  ]);
  await db.query(
    `INSERT INTO users (tenant_id, id, email, name, role) VALUES ($1, $2, $3, $4, 'warehouse')`,
    [id, tenant.userId, `u${number}@example.com`, `User ${number}`],
  );
  await db.query('INSERT INTO devices (tenant_id, id, name, registered_by) VALUES ($1, $2, $3, $4)', [
    id,
    tenant.deviceId,
    `Device ${number}`,
    tenant.userId,
  ]);
  await db.query(
    `INSERT INTO products (tenant_id, id, name, category, tracking) VALUES ($1, $2, 'Lamp', 'light', 'serialised')`,
    [id, tenant.productId],
  );
  await db.query(
    `INSERT INTO storage_locations (tenant_id, id, kind, code, name) VALUES ($1, $2, 'shelf', 'A1', 'Shelf A1')`,
    [id, tenant.locationId],
  );
  return tenant;
}

/** Assets with the numbers `from` to `to`, in one transaction. */
export async function insertAssets(db: Client, tenant: TestTenant, from: number, to: number): Promise<void> {
  await db.query(
    `INSERT INTO assets (tenant_id, id, product_id, code, serial, baseline_kind, baseline_id, place_kind, place_id, last_moved_at)
     SELECT $1, ('00000000-0000-7000-8000-' || lpad(to_hex($5::bigint * 1000000000 + n), 12, '0'))::uuid, $2, 'A-' || n, 'SN ' || n,
       'location', $3, 'location', $3, '2026-11-01T08:00:00.123Z'
     FROM generate_series($4::int, $6::int) AS n`,
    [tenant.id, tenant.productId, tenant.locationId, from, Number.parseInt(tenant.id.slice(0, 8), 16), to],
  );
}

export function assetId(tenant: TestTenant, number: number): string {
  const prefix = Number.parseInt(tenant.id.slice(0, 8), 16);
  return `00000000-0000-7000-8000-${(prefix * 1_000_000_000 + number).toString(16).padStart(12, '0')}`;
}

function testId(tenant: number, kind: number): string {
  return `${tenant.toString(16).padStart(8, '0')}-0000-7000-8000-${kind.toString(16).padStart(12, '0')}`;
}

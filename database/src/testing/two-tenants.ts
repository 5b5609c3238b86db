import type pg from 'pg';
import type { TenantScope } from '#tenant-transaction.ts';
import { insertRows } from './insert-rows.ts';

/** One tenant with one row of each kind that tests need. */
export type TestTenant = {
  readonly tenantId: string;
  readonly userId: string;
  readonly productId: string;
  readonly shelfId: string;
  readonly assetId: string;
  readonly labelId: string;
  /** Acts as the tenant's user. */
  readonly scope: TenantScope;
};

/** The n-th test tenant's id of a kind; readable in failures. */
export function testId(tenant: number, thing: number): string {
  return `0190000${tenant}-0000-7000-8000-${String(thing).padStart(12, '0')}`;
}

/** Two tenants with the same codes, written by the owner. */
export async function insertTwoTenants(owner: pg.Pool): Promise<readonly [TestTenant, TestTenant]> {
  return [await insertTenant(owner, 1), await insertTenant(owner, 2)];
}

async function insertTenant(owner: pg.Pool, n: number): Promise<TestTenant> {
  const [tenantId, userId, productId, shelfId, assetId, labelId] = [1, 2, 3, 4, 5, 6].map((thing) =>
    testId(n, thing),
  ) as [string, string, string, string, string, string];
  await insertRows(
    owner,
    'tenants',
    [{ id: tenantId, name: `Tenant ${n}`, slug: `tenant-${n}` }].map((row) => ({
      ...row,
      locale: 'en',
      time_zone: 'UTC',
      currency: 'EUR',
      created_at: '2026-01-01',
    })),
  );
  const common = { tenant_id: tenantId, created_at: '2026-01-01' };
  await insertRows(owner, 'users', [
    { ...common, id: userId, email: `user@tenant-${n}.example`, name: 'User', role: 'admin', locale: 'en' },
  ]);
  await insertRows(owner, 'products', [
    {
      ...common,
      id: productId,
      name: 'Pointe',
      manufacturer: '',
      category: 'Lamp',
      tracking: 'serialised',
      source: '',
    },
  ]);
  await insertRows(owner, 'storage_locations', [
    { ...common, id: shelfId, kind: 'shelf', code: 'B4-2', name: 'Shelf' },
  ]);
  await insertRows(owner, 'assets', [
    {
      ...common,
      id: assetId,
      product_id: productId,
      code: 'A-0001',
      is_case: false,
      baseline_kind: 'location',
      baseline_id: shelfId,
      place_kind: 'location',
      place_id: shelfId,
      status: 'in_service',
      condition: 'ok',
    },
  ]);
  await insertRows(owner, 'labels', [
    { ...common, id: labelId, value: 'A-0001', symbology: 'code128', asset_id: assetId },
  ]);
  const scope = { tenantId, userId, deviceId: null, operationId: null, requestId: `request-${n}` };
  return { tenantId, userId, productId, shelfId, assetId, labelId, scope };
}

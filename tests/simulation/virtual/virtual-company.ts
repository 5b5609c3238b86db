import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import {
  type UploadTenant,
  type UploadTenantSize,
  uploadTenantOf,
} from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { emptyTenant, publish, type TenantChange, type TenantTables } from './memory-database.ts';
import type { SyncedRow } from './virtual-download.ts';

/** A company as people and devices know it, and as the server's database has it. */
export type VirtualCompany = { readonly tenant: UploadTenant; readonly tables: TenantTables };

/** Everything is at the first location; codes are `A-<index>` and, for cases, `C-<index>`. */
export function createVirtualCompany(
  name: string,
  size: UploadTenantSize,
  onCommit: (tenantId: string, tables: TenantTables) => void,
): VirtualCompany {
  const tenant = uploadTenantOf(name, size);
  const tables = emptyTenant(() => onCommit(tenant.tenantId, tables));
  for (const id of tenant.userIds) tables.rolesByUserId.set(id, 'warehouse');
  const { ledger } = tables;
  for (const id of tenant.eventIds) ledger.knownEventIds.add(id);
  for (const id of tenant.locationIds) ledger.knownLocationIds.add(id);
  for (const id of tenant.vehicleIds) ledger.knownVehicleIds.add(id);
  ledger.knownProductIds.add(tenant.productId);
  for (const asset of assetsOf(tenant)) {
    ledger.assetsById.set(asset.id, asset);
    ledger.assetIdsByCode.set(asset.code, asset.id);
  }
  publish(tables, firstRows(tenant, [...ledger.assetsById.values()]));
  return { tenant, tables };
}

function assetsOf(tenant: UploadTenant): Asset[] {
  const [home] = tenant.locationIds;
  if (home === undefined) throw new Error('a company needs a location');
  const place: Place = { kind: 'location', id: home };
  const state = {
    place,
    status: 'in_service',
    condition: 'ok',
    eventId: null,
    inspectionDueAt: null,
    sealedBy: null,
    lastMovementId: null,
    lastMovedAt: null,
  } as const;
  const asset = (id: Asset['id'], code: string, isCase: boolean): Asset => ({
    id,
    productId: tenant.productId,
    code,
    serial: null,
    isCase,
    baseline: place,
    state,
  });
  return [
    ...tenant.assetIds.map((id, index) => asset(id, `A-${index}`, false)),
    ...tenant.caseIds.map((id, index) => asset(id, `C-${index}`, true)),
  ];
}

function firstRows(tenant: UploadTenant, assets: readonly Asset[]): TenantChange[] {
  const put = (table: SyncedTableName, row: SyncedRow): TenantChange => ({
    table,
    id: row.id,
    row,
    onlyFor: null,
  });
  return [
    ...tenant.locationIds.map((id, index) =>
      put('storage_locations', { id, kind: 'shelf', code: `L-${index}`, name: 'Shelf' }),
    ),
    ...tenant.vehicleIds.map((id, index) => put('vehicles', { id, code: `T-${index}`, name: 'Truck' })),
    put('products', { id: tenant.productId, name: 'Lamp', category: 'Light', tracking: 'serialised' }),
    ...tenant.eventIds.map((id, index) => put('events', { id, name: `Event ${index}` })),
    ...tenant.userIds.map((id, index) => put('users', { id, name: `User ${index}` })),
    ...assets.map((asset) => put('assets', rowOfAsset(asset))),
  ];
}

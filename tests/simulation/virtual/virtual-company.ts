import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { noEffects } from '@eventkit/shared/operations/working-set.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import { subjectLedgers } from '@eventkit/shared/schema/subject-ledgers.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import {
  startOfLine,
  type UploadTenant,
  type UploadTenantSize,
  uploadTenantOf,
} from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { emptyTenant, publish, type TenantChange, type TenantTables } from './memory-database.ts';
import type { SyncedRow } from './virtual-download.ts';

/** A company as people and devices know it, and as the server's database has it. */
export type VirtualCompany = { readonly tenant: UploadTenant; readonly tables: TenantTables };

/** Who may scan and change plans. */
const ROLE = 'manager';

/** Everything is at the first location; codes are `A-<index>` and, for cases, `C-<index>`. */
export function createVirtualCompany(
  name: string,
  size: UploadTenantSize,
  onCommit: (tenantId: string, tables: TenantTables) => void,
): VirtualCompany {
  const named = uploadTenantOf(name, size);
  const tenant = { ...named, caller: { ...named.caller, permissions: permissionsByRole[ROLE] } };
  const tables = emptyTenant(() => onCommit(tenant.tenantId, tables));
  for (const id of tenant.userIds) tables.rolesByUserId.set(id, ROLE);
  const { ledger } = tables;
  for (const id of tenant.eventIds) ledger.knownEventIds.add(id);
  for (const id of tenant.locationIds) ledger.knownLocationIds.add(id);
  for (const id of tenant.vehicleIds) ledger.knownVehicleIds.add(id);
  ledger.knownProductIds.add(tenant.productId);
  for (const asset of assetsOf(tenant)) {
    ledger.assetsById.set(asset.id, asset);
    ledger.assetIdsByCode.set(asset.code, asset.id);
  }
  const rows = firstRows(tenant, [...ledger.assetsById.values()]);
  for (const { table, id, row } of rows) {
    if (row === null || !isEditable(table)) continue;
    const subjectRow = {
      subject: { ledger: 'edits', id },
      table,
      row: row as LedgerRow,
      isDeleted: false,
    } as const;
    applyEffects(ledger, { ...noEffects, subjectRows: [subjectRow] });
  }
  publish(tables, rows);
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
  const put = (table: SyncedTableName, row: SyncedRow): TenantChange => {
    const whole = Object.fromEntries(columnsOf(table).map((column) => [column, row[column] ?? null]));
    return { table, id: row.id, row: { ...whole, id: row.id }, onlyFor: null };
  };
  const [eventId] = tenant.eventIds;
  return [
    ...(tenant.lineIds.length === 0
      ? []
      : [put('pull_lists', { id: tenant.pullListId, event_id: eventId, name: 'Light' })]),
    ...tenant.lineIds.map((id) =>
      put('pull_list_lines', {
        id,
        pull_list_id: tenant.pullListId,
        event_id: eventId,
        product_id: tenant.productId,
        ...startOfLine,
      }),
    ),
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

type EditableTable = keyof (typeof subjectLedgers)['edits']['subjectColumns'];

function isEditable(table: SyncedTableName): table is EditableTable {
  return table in subjectLedgers.edits.subjectColumns;
}

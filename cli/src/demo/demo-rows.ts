import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { Role } from '@eventkit/shared/permissions/roles.ts';
import type { MovementRow } from '@eventkit/shared/schema/ledger-rows.ts';

/** Rows as PostgreSQL takes them, without `tenant_id`: the writer adds it. */
export type ProductRow = {
  readonly id: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly category: string;
  readonly tracking: 'serialised' | 'bulk' | 'consumable';
  readonly weight_grams: number | null;
  readonly width_millimetres: number | null;
  readonly height_millimetres: number | null;
  readonly depth_millimetres: number | null;
  readonly power_watts: number | null;
  /** `synthetic`, or the catalogue's own source. */
  readonly source: string;
};

export type StorageLocationRow = {
  readonly id: string;
  readonly parent_id: string | null;
  readonly kind: 'depot' | 'room' | 'shelf' | 'bin' | 'dock';
  readonly code: string;
  readonly name: string;
};

export type VehicleRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly plate: string;
  readonly payload_grams: number;
  readonly cargo_length_millimetres: number;
  readonly cargo_width_millimetres: number;
  readonly cargo_height_millimetres: number;
};

export type AssetRow = {
  readonly id: string;
  readonly product_id: string;
  readonly code: string;
  readonly serial: string | null;
  readonly is_case: boolean;
  readonly baseline_kind: PlaceKind;
  readonly baseline_id: string;
  readonly place_kind: PlaceKind;
  readonly place_id: string;
  readonly status: string;
  readonly condition: string;
  readonly last_movement_id: string | null;
  readonly last_moved_at: Instant | null;
};

/** What belongs into each case of a product. */
export type CaseTemplateLineRow = {
  readonly id: string;
  readonly case_product_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly position: number;
};

export type LabelRow = {
  readonly id: string;
  readonly value: string;
  readonly symbology: 'code128' | 'qr';
  readonly asset_id: string | null;
  readonly location_id: string | null;
};

export type EventRow = {
  readonly id: string;
  readonly name: string;
  readonly client_name: string;
  readonly venue: string;
  readonly status: string;
  readonly load_at: Instant;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly return_at: Instant;
};

export type PullListRow = { readonly id: string; readonly event_id: string; readonly name: string };

export type PullListLineRow = {
  readonly id: string;
  readonly pull_list_id: string;
  readonly event_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly order_key: string;
  readonly note: string;
};

export type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale: string;
};

export type DeviceRow = { readonly id: string; readonly name: string; readonly registered_by: string };

export type OperationRow = {
  readonly id: string;
  readonly device_id: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly kind: string;
  readonly schema_version: number;
  /** Hex with the leading `\x` of bytea. */
  readonly envelope: string;
  readonly recorded_at: Instant;
  readonly recorded_by: string;
  readonly clock_offset_ms: number | null;
  readonly effective_at: Instant;
  readonly received_at: Instant;
  readonly verdict: 'applied';
};

export type DeviceProgressRow = {
  readonly device_id: string;
  readonly epoch: string;
  readonly last_sequence: number;
  readonly recorded_sequence: number;
  readonly started_at: Instant;
  readonly clock_offset_ms: number;
  readonly last_contact_at: Instant;
};

export type BulkStockRow = {
  /** `<product id>:<place kind>:<place id>` */
  readonly id: string;
  readonly product_id: string;
  readonly place_kind: PlaceKind;
  readonly place_id: string;
  readonly quantity: number;
  readonly last_movement_id: string;
  readonly last_moved_at: Instant;
};

/** What was there before the first operation. */
export type OpeningRow = {
  readonly id: string;
  readonly stock_id: string;
  readonly kind: 'opening';
  readonly effective_at: Instant;
  readonly received_at: Instant;
  readonly quantity: number;
};

export type TenantRow = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly currency: string;
};

/** A whole company, table by table in an order in which every row finds what it refers to. */
export type CompanyRows = {
  readonly tenant: TenantRow;
  readonly users: readonly UserRow[];
  readonly devices: readonly DeviceRow[];
  readonly products: readonly ProductRow[];
  readonly storage_locations: readonly StorageLocationRow[];
  readonly vehicles: readonly VehicleRow[];
  readonly case_template_lines: readonly CaseTemplateLineRow[];
  readonly assets: readonly AssetRow[];
  readonly labels: readonly LabelRow[];
  readonly events: readonly EventRow[];
  readonly pull_lists: readonly PullListRow[];
  readonly pull_list_lines: readonly PullListLineRow[];
  readonly operations: readonly OperationRow[];
  readonly movements: readonly MovementRow[];
  readonly bulk_stock: readonly BulkStockRow[];
  readonly bulk_movements: readonly OpeningRow[];
  readonly device_progress: readonly DeviceProgressRow[];
};

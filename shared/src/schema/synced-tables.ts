/** SQLite column types as a device stores them; instants, uuids and enumerations are text, booleans integers. */
export type ColumnType = 'text' | 'integer' | 'real';

export type SyncedTable = {
  /** Columns beside `id`, in the order in which every statement names them. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Column lists of the indexes that a device keeps. */
  readonly indexes: readonly (readonly string[])[];
  /** True where operations of this device show before the server has judged them. */
  readonly isOverlaid: boolean;
  /** True for what grows with the stock and its history: see `bulkIndexDdl`. */
  readonly isBulk: boolean;
};

/** What every fact of a subject ledger says beside its own matter; see `subjectLedgers`. */
const factColumns = {
  operation_id: 'text',
  kind: 'text',
  effective_at: 'text',
  device_id: 'text',
  sequence: 'integer',
  recorded_by: 'text',
  undoes_operation_id: 'text',
  received_at: 'text',
} as const satisfies Readonly<Record<string, ColumnType>>;

/**
 * What a device holds: the one statement of it. The device's tables, sync-config.yaml, the operation
 * executors and PostgreSQL are all checked against this. Every table also has the text primary key `id`.
 */
export const syncedTables = {
  labels: {
    // The baseline is what it led to before its first assignment; null until there is one.
    columns: {
      value: 'text',
      asset_id: 'text',
      location_id: 'text',
      baseline_kind: 'text',
      baseline_id: 'text',
    },
    indexes: [['value'], ['asset_id'], ['location_id']],
    isOverlaid: true,
    isBulk: false,
  },
  label_facts: {
    columns: {
      value: 'text',
      ...factColumns,
      asset_id: 'text',
      location_id: 'text',
      observed_kind: 'text',
      observed_id: 'text',
    },
    indexes: [['value'], ['asset_id'], ['operation_id'], ['undoes_operation_id']],
    isOverlaid: true,
    isBulk: false,
  },
  products: {
    columns: {
      name: 'text',
      manufacturer: 'text',
      category: 'text',
      tracking: 'text',
      weight_grams: 'integer',
      width_millimetres: 'integer',
      height_millimetres: 'integer',
      depth_millimetres: 'integer',
      power_watts: 'integer',
    },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
  storage_locations: {
    columns: { parent_id: 'text', kind: 'text', code: 'text', name: 'text' },
    indexes: [['parent_id']],
    isOverlaid: false,
    isBulk: false,
  },
  vehicles: {
    columns: {
      code: 'text',
      name: 'text',
      plate: 'text',
      payload_grams: 'integer',
      cargo_length_millimetres: 'integer',
      cargo_width_millimetres: 'integer',
      cargo_height_millimetres: 'integer',
    },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
  case_template_lines: {
    columns: {
      case_id: 'text',
      case_product_id: 'text',
      product_id: 'text',
      quantity: 'integer',
      position: 'integer',
    },
    indexes: [['case_id'], ['case_product_id']],
    isOverlaid: false,
    isBulk: false,
  },
  assets: {
    columns: {
      product_id: 'text',
      code: 'text',
      serial: 'text',
      is_case: 'integer',
      baseline_kind: 'text',
      baseline_id: 'text',
      place_kind: 'text',
      place_id: 'text',
      for_event_id: 'text',
      status: 'text',
      condition: 'text',
      inspection_due_at: 'text',
      sealed_by: 'text',
      last_movement_id: 'text',
      last_moved_at: 'text',
    },
    indexes: [['code'], ['product_id'], ['place_id']],
    isOverlaid: true,
    isBulk: true,
  },
  events: {
    columns: {
      name: 'text',
      client_name: 'text',
      venue: 'text',
      status: 'text',
      load_at: 'text',
      starts_at: 'text',
      ends_at: 'text',
      return_at: 'text',
    },
    indexes: [['load_at']],
    isOverlaid: true,
    isBulk: false,
  },
  pull_lists: {
    columns: { event_id: 'text', name: 'text' },
    indexes: [['event_id']],
    isOverlaid: true,
    isBulk: false,
  },
  pull_list_lines: {
    columns: {
      pull_list_id: 'text',
      event_id: 'text',
      product_id: 'text',
      quantity: 'integer',
      note: 'text',
      order_key: 'text',
    },
    indexes: [['event_id'], ['product_id'], ['pull_list_id']],
    isOverlaid: true,
    isBulk: false,
  },
  users: {
    columns: { name: 'text' },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
  devices: {
    columns: { name: 'text' },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
  movements: {
    columns: {
      operation_id: 'text',
      asset_id: 'text',
      code: 'text',
      named_asset_id: 'text',
      kind: 'text',
      effective_at: 'text',
      device_id: 'text',
      sequence: 'integer',
      recorded_by: 'text',
      to_kind: 'text',
      to_id: 'text',
      disposition: 'text',
      observed_kind: 'text',
      observed_id: 'text',
      observed_status: 'text',
      override_reason: 'text',
      undoes_operation_id: 'text',
      note: 'text',
      event_id: 'text',
      outcome: 'text',
      inspection_due_at: 'text',
      contents: 'text',
      received_at: 'text',
    },
    indexes: [['asset_id', 'effective_at'], ['operation_id'], ['code']],
    isOverlaid: true,
    isBulk: true,
  },
  attachments: {
    columns: {
      operation_id: 'text',
      kind: 'text',
      media_type: 'text',
      byte_size: 'integer',
      sha256: 'text',
      width: 'integer',
      height: 'integer',
      taken_at: 'text',
      uploaded_at: 'text',
    },
    indexes: [['operation_id']],
    isOverlaid: false,
    isBulk: true,
  },
  conflicts: {
    columns: {
      class: 'text',
      status: 'text',
      asset_id: 'text',
      other_asset_id: 'text',
      first_movement_id: 'text',
      second_movement_id: 'text',
      settled_by_movement_id: 'text',
      operation_id: 'text',
      event_id: 'text',
      code: 'text',
      subject: 'text',
      detail: 'text',
      opened_at: 'text',
    },
    indexes: [['asset_id'], ['subject'], ['status', 'opened_at']],
    isOverlaid: true,
    isBulk: true,
  },
  bulk_stock: {
    columns: {
      product_id: 'text',
      place_kind: 'text',
      place_id: 'text',
      quantity: 'integer',
      last_movement_id: 'text',
      last_moved_at: 'text',
    },
    indexes: [['product_id'], ['place_id']],
    isOverlaid: true,
    isBulk: false,
  },
  bulk_movements: {
    columns: {
      stock_id: 'text',
      ...factColumns,
      quantity: 'integer',
      other_kind: 'text',
      other_id: 'text',
      disposition: 'text',
      note: 'text',
    },
    indexes: [['stock_id'], ['operation_id'], ['undoes_operation_id']],
    isOverlaid: true,
    isBulk: true,
  },
  field_edits: {
    columns: {
      row_id: 'text',
      ...factColumns,
      table_name: 'text',
      field: 'text',
      saw: 'text',
      value: 'text',
    },
    indexes: [['row_id'], ['operation_id'], ['undoes_operation_id']],
    isOverlaid: true,
    isBulk: false,
  },
  edited_rows: {
    columns: { table_name: 'text', base: 'text' },
    indexes: [],
    isOverlaid: true,
    isBulk: false,
  },
  transport_facts: {
    columns: {
      subject_id: 'text',
      ...factColumns,
      asset_id: 'text',
      place_kind: 'text',
      place_id: 'text',
      event_ids: 'text',
      contents: 'text',
      left_behind: 'text',
    },
    indexes: [['subject_id'], ['operation_id'], ['undoes_operation_id']],
    isOverlaid: true,
    isBulk: true,
  },
  vehicle_states: {
    columns: {
      on_road_since: 'text',
      place_kind: 'text',
      place_id: 'text',
      event_ids: 'text',
      last_fact_id: 'text',
    },
    indexes: [],
    isOverlaid: true,
    isBulk: false,
  },
  truck_packs: {
    columns: {
      vehicle_id: 'text',
      event_id: 'text',
      confirmation_id: 'text',
      confirmed_by: 'text',
      confirmed_at: 'text',
      contents: 'text',
      list_mark: 'text',
      left_behind: 'text',
      witnesses: 'text',
      changes: 'text',
      ended_at: 'text',
      last_fact_id: 'text',
    },
    indexes: [['event_id']],
    isOverlaid: true,
    isBulk: false,
  },
  operations: {
    columns: {
      device_id: 'text',
      epoch: 'text',
      sequence: 'integer',
      kind: 'text',
      verdict: 'text',
      reason: 'text',
      recorded_at: 'text',
      recorded_by: 'text',
      received_at: 'text',
    },
    indexes: [['recorded_at']],
    isOverlaid: false,
    isBulk: true,
  },
} as const satisfies Readonly<Record<string, SyncedTable>>;

export type SyncedTableName = keyof typeof syncedTables;

export type OverlaidTableName = {
  [Name in SyncedTableName]: (typeof syncedTables)[Name]['isOverlaid'] extends true ? Name : never;
}[SyncedTableName];

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
export const factColumns = {
  operation_id: 'text',
  kind: 'text',
  effective_at: 'text',
  device_id: 'text',
  sequence: 'integer',
  recorded_by: 'text',
  undoes_operation_id: 'text',
  received_at: 'text',
} as const satisfies Readonly<Record<string, ColumnType>>;

import { factColumns, type SyncedTable } from './synced-table.ts';

/** What is planned, and what people changed of it. */
export const planningTables = {
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
  line_filling_facts: {
    columns: {
      filling_id: 'text',
      ...factColumns,
      line_id: 'text',
    },
    indexes: [['filling_id'], ['operation_id'], ['undoes_operation_id']],
    isOverlaid: true,
    isBulk: false,
  },
  line_fillings: {
    // What is out for an event and stands in for something that a line asks for.
    columns: { event_id: 'text', asset_id: 'text', line_id: 'text' },
    indexes: [['event_id']],
    isOverlaid: true,
    isBulk: false,
  },
} as const satisfies Readonly<Record<string, SyncedTable>>;

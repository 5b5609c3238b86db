import { factColumns, type SyncedTable } from './synced-table.ts';

/** What vehicles carry, and where they are. */
export const transportTables = {
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
} as const satisfies Readonly<Record<string, SyncedTable>>;

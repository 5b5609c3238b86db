import type { SyncedTable } from './synced-table.ts';

/** What a person has set for themselves; it reaches their own devices only. */
export const ownTables = {
  dashboard_layouts: {
    columns: { user_id: 'text', name: 'text', widgets: 'text', changed_at: 'text' },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
} as const satisfies Readonly<Record<string, SyncedTable>>;

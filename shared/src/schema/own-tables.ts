import type { SyncedTable } from './synced-table.ts';

/** What is a person's own; it reaches their own devices only. */
export const ownTables = {
  dashboard_layouts: {
    columns: { user_id: 'text', name: 'text', widgets: 'text', changed_at: 'text' },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
  notifications: {
    columns: {
      user_id: 'text',
      kind: 'text',
      subject: 'text',
      title: 'text',
      detail: 'text',
      happened_at: 'text',
      read_at: 'text',
    },
    indexes: [],
    isOverlaid: false,
    isBulk: false,
  },
} as const satisfies Readonly<Record<string, SyncedTable>>;

import type { Permission } from '#permissions/roles.ts';
import type { SyncedTableName } from '#schema/synced-tables.ts';

/** What a field holds, as JSON has it. Instants and ids are text. */
export type FieldValue = string | number | boolean | null;

/** What makes a value of a field right. Lengths are in UTF-16 units, as JavaScript counts them. */
export type FieldRule =
  | { readonly type: 'text'; readonly shortest: number; readonly longest: number }
  | { readonly type: 'whole_number'; readonly least: number; readonly most: number }
  | { readonly type: 'word'; readonly words: readonly string[] }
  /** Several instants that must not come before one another, as one text with `/` between: they hold only together. */
  | { readonly type: 'instants'; readonly columns: readonly string[] }
  | { readonly type: 'order_key' }
  /** The id of another row; said once, when the row is made. */
  | { readonly type: 'reference'; readonly to: 'products' | 'pull_lists' };

export type EditableTable = {
  /** What a person needs to edit, make or delete such a row. */
  readonly permission: Permission;
  /** What is enough to make such a row, and to take back that it was made; absent where it is the same. */
  readonly permissionToAdd?: Permission;
  /** Whether devices make and delete such rows. */
  readonly isMadeByDevices: boolean;
  readonly fields: Readonly<Record<string, FieldRule>>;
};

export const EVENT_STATUSES = [
  'draft',
  'option',
  'confirmed',
  'in_prep',
  'out',
  'returning',
  'closed',
  'cancelled',
] as const;

/** From the first hour that stock is bound to the last, in their order. */
export const EVENT_TIMES = ['load_at', 'starts_at', 'ends_at', 'return_at'] as const;

/**
 * [FE1] What can be edited: the one list that screens, both executors and the API check against. A field has one
 * column of its name, or those that it names. Fields that make sense only together are one field.
 */
export const editableTables = {
  events: {
    permission: 'planning:write',
    isMadeByDevices: false,
    fields: {
      name: { type: 'text', shortest: 1, longest: 200 },
      client_name: { type: 'text', shortest: 0, longest: 200 },
      venue: { type: 'text', shortest: 0, longest: 200 },
      status: { type: 'word', words: EVENT_STATUSES },
      times: { type: 'instants', columns: EVENT_TIMES },
    },
  },
  pull_lists: {
    permission: 'planning:write',
    isMadeByDevices: false,
    fields: { name: { type: 'text', shortest: 1, longest: 200 } },
  },
  pull_list_lines: {
    permission: 'planning:write',
    permissionToAdd: 'planning:extend',
    isMadeByDevices: true,
    fields: {
      pull_list_id: { type: 'reference', to: 'pull_lists' },
      product_id: { type: 'reference', to: 'products' },
      quantity: { type: 'whole_number', least: 1, most: 99_999 },
      note: { type: 'text', shortest: 0, longest: 500 },
      order_key: { type: 'order_key' },
    },
  },
} as const satisfies Readonly<Partial<Record<SyncedTableName, EditableTable>>>;

export type EditableTableName = keyof typeof editableTables;

export const editableTableNames = Object.keys(editableTables) as readonly EditableTableName[];

/** The rule of a field; null where the table has no such field. */
export function ruleOf(table: EditableTableName, field: string): FieldRule | null {
  const { fields }: EditableTable = editableTables[table];
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

/** The columns that a field stands in, in the order of its parts. */
export function columnsOfField(field: string, rule: FieldRule): readonly string[] {
  return rule.type === 'instants' ? rule.columns : [field];
}

/** Fields that may change after the row was made. */
export function changeableFields(table: EditableTableName): readonly string[] {
  const { fields }: EditableTable = editableTables[table];
  return Object.keys(fields).filter((field) => fields[field]?.type !== 'reference');
}

/** Kinds of records that people know by a word; the others are named as their table is. */
export const kinds = [
  'events',
  'pull_lists',
  'pull_list_lines',
  'assets',
  'products',
  'storage_locations',
  'vehicles',
  'labels',
  'conflicts',
  'stocktakes',
  'users',
  'roles',
  'devices',
  'api_keys',
  'tenants',
] as const;
export type Kind = (typeof kinds)[number];

export function isKind(tableName: string): tableName is Kind {
  return (kinds as readonly string[]).includes(tableName);
}

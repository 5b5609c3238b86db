import type { Permission } from '@eventkit/shared/permissions/roles.ts';

export type TrashKind = keyof typeof trashKinds;

/**
 * What can be deleted: its table, the right to it, what it is called in the trash, and the SQL of what goes with it, which
 * answers kind, id and name and takes the record's id.
 */
export const trashKinds = {
  product: {
    table: 'products',
    permission: 'inventory:write',
    name: `concat_ws(' ', nullif(manufacturer, ''), name)`,
    along: `SELECT 'asset' AS kind, id, code AS name FROM assets WHERE product_id = $1 AND deleted_at IS NULL`,
  },
  asset: { table: 'assets', permission: 'inventory:write', name: 'code', along: null },
  // Its lists and their lines stay as they are: nobody gets to them but through the event.
  event: { table: 'events', permission: 'planning:write', name: 'name', along: null },
  storage_location: {
    table: 'storage_locations',
    permission: 'inventory:write',
    name: `concat_ws(' ', code, name)`,
    along: `
      WITH RECURSIVE inside AS (
        SELECT id FROM storage_locations WHERE parent_id = $1 AND deleted_at IS NULL
        UNION
        SELECT l.id FROM inside JOIN storage_locations l ON l.parent_id = inside.id AND l.deleted_at IS NULL
      )
      SELECT 'storage_location' AS kind, id, concat_ws(' ', code, name) AS name
      FROM storage_locations JOIN inside USING (id)`,
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly table: string;
      readonly permission: Permission;
      readonly name: string;
      readonly along: string | null;
    }
  >
>;

/** The kinds that somebody with these rights deletes and brings back. */
export function trashKindsFor(permissions: readonly Permission[]): readonly TrashKind[] {
  return (Object.keys(trashKinds) as TrashKind[]).filter((kind) =>
    permissions.includes(trashKinds[kind].permission),
  );
}

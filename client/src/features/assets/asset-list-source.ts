import type { ListSource } from '#platform/lists/list-source.ts';

/** Every piece that this device knows, own guesses included. */
export const assetSource: ListSource = {
  name: 'assets',
  from: 'assets_now a LEFT JOIN products p ON p.id = a.product_id',
  id: 'a.id',
  columns: {
    code: { type: 'text', sql: 'a.code', isKey: true },
    product: { type: 'text', sql: 'p.name', isGroupable: true },
    category: { type: 'text', sql: 'p.category', isGroupable: true },
    manufacturer: { type: 'text', sql: 'p.manufacturer', isGroupable: true },
    status: { type: 'word', sql: 'a.status', isGroupable: true },
    condition: { type: 'word', sql: 'a.condition', isGroupable: true },
    placeKind: { type: 'word', sql: 'a.place_kind', isGroupable: true },
    place: {
      type: 'text',
      sql: `CASE a.place_kind
        WHEN 'location' THEN (SELECT s.code FROM storage_locations s WHERE s.id = a.place_id)
        WHEN 'case' THEN (SELECT c.code FROM assets_now c WHERE c.id = a.place_id)
        WHEN 'vehicle' THEN (SELECT v.name FROM vehicles v WHERE v.id = a.place_id)
        ELSE (SELECT e.name FROM events_now e WHERE e.id = a.place_id) END`,
      isGroupable: true,
    },
    serial: { type: 'text', sql: 'a.serial' },
    inspection: { type: 'instant', sql: 'a.inspection_due_at' },
    movedAt: { type: 'instant', sql: 'a.last_moved_at' },
  },
  searchIn: ['a.code', 'a.serial', "(coalesce(p.manufacturer, '') || ' ' || p.name)"],
  beside: {
    photo: `(SELECT f.id FROM movements_now m JOIN attachments_now f ON f.operation_id = m.operation_id
              WHERE m.asset_id = a.id AND f.kind = 'photo' ORDER BY f.id DESC LIMIT 1)`,
  },
};

import type { ListSource } from '#platform/lists/list-source.ts';

/** Every product, with how many pieces of it this device knows: labelled ones in use, and loose ones. */
export const productSource: ListSource = {
  name: 'products',
  from: 'products p',
  id: 'p.id',
  columns: {
    name: { type: 'text', sql: 'p.name' },
    manufacturer: { type: 'text', sql: 'p.manufacturer', isGroupable: true },
    category: { type: 'text', sql: 'p.category', isGroupable: true },
    tracking: { type: 'word', sql: 'p.tracking', isGroupable: true },
    pieces: {
      type: 'number',
      sql: `((SELECT count(*) FROM assets_now a WHERE a.product_id = p.id AND a.status <> 'retired')
        + (SELECT coalesce(sum(b.quantity), 0) FROM bulk_stock_now b WHERE b.product_id = p.id))`,
    },
    weight: { type: 'number', sql: 'p.weight_grams' },
    power: { type: 'number', sql: 'p.power_watts' },
    width: { type: 'number', sql: 'p.width_millimetres' },
    height: { type: 'number', sql: 'p.height_millimetres' },
    depth: { type: 'number', sql: 'p.depth_millimetres' },
  },
  searchIn: ["(coalesce(p.manufacturer, '') || ' ' || p.name)", 'p.category'],
};

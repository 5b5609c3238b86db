import { bigint, boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The columns that the inventory's lists read; migrations/ is what says how the tables really are. */
export const products = pgTable('products', {
  id: uuid('id').notNull(),
  name: text('name').notNull(),
  manufacturer: text('manufacturer').notNull(),
  category: text('category').notNull(),
  tracking: text('tracking', { enum: ['serialised', 'bulk', 'consumable'] }).notNull(),
  weightGrams: bigint('weight_grams', { mode: 'number' }),
  widthMillimetres: integer('width_millimetres'),
  heightMillimetres: integer('height_millimetres'),
  depthMillimetres: integer('depth_millimetres'),
  powerWatts: integer('power_watts'),
  deletedAt: timestamp('deleted_at', { withTimezone: true, mode: 'string' }),
});

export const assets = pgTable('assets', {
  id: uuid('id').notNull(),
  productId: uuid('product_id').notNull(),
  code: text('code').notNull(),
  serial: text('serial'),
  isCase: boolean('is_case').notNull(),
  placeKind: text('place_kind', { enum: ['location', 'case', 'event', 'vehicle'] }).notNull(),
  placeId: uuid('place_id').notNull(),
  status: text('status', { enum: ['in_service', 'quarantined', 'in_repair', 'lost', 'retired'] }).notNull(),
  deletedAt: timestamp('deleted_at', { withTimezone: true, mode: 'string' }),
});

export const labels = pgTable('labels', {
  value: text('value').notNull(),
  assetId: uuid('asset_id'),
  deletedAt: timestamp('deleted_at', { withTimezone: true, mode: 'string' }),
});

export type ProductRow = typeof products.$inferSelect;
export type AssetRow = typeof assets.$inferSelect;

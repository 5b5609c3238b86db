import { bigint, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTableFaults } from './find-table-faults.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

describe('Drizzle tables beside the real ones', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('agree where they agree', async () => {
    const products = pgTable('products', {
      id: uuid('id').notNull(),
      tracking: text('tracking', { enum: ['serialised', 'bulk', 'consumable'] }).notNull(),
      weightGrams: bigint('weight_grams', { mode: 'number' }),
      deletedAt: timestamp('deleted_at', { withTimezone: true, mode: 'string' }),
    });
    expect(await findTableFaults(client, [products])).toEqual([]);
  });

  test('are told apart by column, type, null and words', async () => {
    const wrong = pgTable('products', {
      colour: text('colour'),
      name: uuid('name').notNull(),
      category: text('category'),
      powerWatts: integer('power_watts').notNull(),
      tracking: text('tracking', { enum: ['serialised', 'bulk'] }).notNull(),
    });
    expect(await findTableFaults(client, [wrong])).toEqual([
      'products.colour does not exist',
      'products.name is text, not uuid',
      'products.category is never null',
      'products.power_watts may be null',
      'products.tracking may be bulk,consumable,serialised, not bulk,serialised',
    ]);
  });
});
